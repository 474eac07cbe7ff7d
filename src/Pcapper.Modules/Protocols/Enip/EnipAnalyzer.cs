using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary><c>--enip</c>: who asks and commands which devices, services and classes, tags read and written, identities, I/O connections; attacks on them.</summary>
internal sealed class EnipAnalyzer : Analyzer<EnipState>, IRecordConsumer<EnipMessage>, IRecordConsumer<CipMessage>, IRecordConsumer<EnipIdentitySeen>,
    IRecordConsumer<CipIoSeen>, IRecordConsumer<FlowEnded>, IRecordConsumer<IcsFault>
{
    private const string Name = "enip";

    private static readonly IcsFindingTypes s_types = new(
        Name, "EtherNet/IP", IcsAction.ReadProgram, IcsAction.WriteProgram, IcsAction.ListenOnly, IcsAction.ClearCounters, IcsAction.DisableReports);

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        Name, "--enip", "EtherNet/IP", "EtherNet/IP and CIP devices and their masters, services, tags read and written, identities, cycles; attacks on controllers", 1,
        [.. s_types.All.Where(t => t != s_types.Broadcast && t != s_types.WrongChecksums)]);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<EnipMessage>(this);
        bus.Subscribe<CipMessage>(this);
        bus.Subscribe<EnipIdentitySeen>(this);
        bus.Subscribe<CipIoSeen>(this);
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<IcsFault>(this);
    }

    /// <inheritdoc/>
    public void Consume(EnipMessage record)
    {
        // What carries CIP is told by what it carries.
        if (record.Command is not (EnipCommand.SendRRData or EnipCommand.SendUnitData))
        {
            State.Add(record, EnipDialect.Instance);
        }
    }

    /// <inheritdoc/>
    public void Consume(CipMessage record)
    {
        State.Add(record, EnipDialect.Instance);
        if (record is { IsRequest: true, Point: { } point })
        {
            State.Names[(long)CipPath.IdOf(point)].Add(point);
        }
    }

    /// <inheritdoc/>
    public void Consume(EnipIdentitySeen record)
    {
        foreach (string text in record.Identity.Texts())
        {
            State.Devices[new(record.Host, record.Slot)].Add(text);
        }
    }

    /// <inheritdoc/>
    public void Consume(CipIoSeen record)
    {
        EnipIoUse use = State.Io[new PairKey(record.Flow.Sender(record.Direction), record.Flow.Receiver(record.Direction))];
        use.Frames.Add(record.Frame);
        use.Bytes.Add(record.Length);
        use.Connections.Add((long)record.Connection);
        use.Times.Add(record.Time, record.Frame);
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record) => State.Add(record, Name);

    /// <inheritdoc/>
    public void Consume(IcsFault record)
    {
        if (record.Protocol == Name)
        {
            State.Add(record);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(EnipState state, Conclusions conclusions)
    {
        var dialect = new EnipDialect(state.Names);
        var tables = new IcsTables(state, dialect, conclusions.Section);
        if (tables.Headline())
        {
            tables.Masters();
            tables.Functions();
            tables.Areas();
            tables.Written();
            Devices(state, conclusions.Section);
            tables.Polls();
            tables.Read();
            new IcsFindings(state, dialect, s_types, conclusions).Conclude();
        }

        Io(state, conclusions.Section);
    }

    private static void Devices(EnipState state, Section section)
    {
        if (state.Devices.Count == 0)
        {
            return;
        }

        Table table = section.Table("devices", "devices", new("server", "server", CellKind.Address), new("station", "slot", CellKind.Code), new("identity", "says of itself", CellKind.Texts));
        table.Total = state.Devices.Distinct;
        foreach ((Key2<AddressKey, NumberKey> key, Texts texts) in state.Devices.Entries)
        {
            table.Row(key.First.Address, Cell.Code(key.Second.Value), Cell.List(texts));
        }
    }

    private static void Io(EnipState state, Section section)
    {
        if (state.Io.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "io", "I/O connections", new("source", "from", CellKind.Address), new("destination", "to", CellKind.Address), new("connections", "connections", CellKind.Integer),
            new("datagrams", "datagrams", CellKind.Integer), new("bytes", "data", CellKind.Bytes), new("duration", "duration", CellKind.Duration), new("frames", "frames", CellKind.Frames));
        table.Total = state.Io.Distinct;
        foreach ((PairKey pair, EnipIoUse use) in state.Io.Entries.OrderByDescending(u => u.Value.Frames.Total).ThenBy(u => u.Key).Take(table.Room))
        {
            table.Row(pair.From, pair.To, use.Connections.Distinct, use.Frames.Total, Cell.Bytes(use.Bytes.Value), Cell.Duration(use.Times.Duration), Cell.Frames(use.Frames));
        }
    }
}
