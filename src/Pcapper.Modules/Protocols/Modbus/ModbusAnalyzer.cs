using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary><c>--modbus</c>: masters, servers and units, functions, values read and written, identities, response times and cycles; attacks on them.</summary>
internal sealed class ModbusAnalyzer : Analyzer<ModbusState>, IRecordConsumer<ModbusMessage>, IRecordConsumer<FlowEnded>, IRecordConsumer<IcsFault>
{
    private const string Name = "modbus";

    private static readonly IcsFindingTypes s_types = new(Name, "Modbus", IcsAction.Configure, IcsAction.SetTime, IcsAction.DisableReports);

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        Name, "--modbus", "Modbus", "Modbus masters, servers, units, functions, values read and written, identities, cycles; attacks on controllers", 1, s_types.All);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<ModbusMessage>(this);
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<IcsFault>(this);
    }

    /// <inheritdoc/>
    public void Consume(ModbusMessage record)
    {
        State.Add(record, ModbusDialect.Instance);
        foreach (ModbusIdentity identity in record.Identities)
        {
            State.Devices[new(record.Server, record.Station)].Add($"{identity.Name}: {identity.Text}");
        }
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
    public override void Conclude(ModbusState state, Conclusions conclusions)
    {
        var tables = new IcsTables(state, ModbusDialect.Instance, conclusions.Section);
        if (!tables.Headline())
        {
            return;
        }

        tables.Masters();
        tables.Functions();
        tables.Areas();
        tables.Written();
        Devices(state, conclusions.Section);
        tables.Polls();
        tables.Read();
        new IcsFindings(state, ModbusDialect.Instance, s_types, conclusions).Conclude();
    }

    private static void Devices(ModbusState state, Section section)
    {
        if (state.Devices.Count == 0)
        {
            return;
        }

        Table table = section.Table("devices", "devices", new("server", "server", CellKind.Address), new("station", "unit", CellKind.Code), new("identity", "says of itself", CellKind.Texts));
        table.Total = state.Devices.Distinct;
        foreach ((Key2<AddressKey, NumberKey> key, Texts texts) in state.Devices.Entries)
        {
            table.Row(key.First.Address, Cell.Code(key.Second.Value), Cell.List(texts));
        }
    }
}
