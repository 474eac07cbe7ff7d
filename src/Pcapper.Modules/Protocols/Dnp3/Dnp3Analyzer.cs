using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary><c>--dnp3</c>: masters and outstations, functions, values, controls, internal indications, files, cycles; attacks on them.</summary>
internal sealed class Dnp3Analyzer : Analyzer<Dnp3State>, IRecordConsumer<Dnp3Message>, IRecordConsumer<FlowEnded>, IRecordConsumer<IcsFault>
{
    private const string Name = "dnp3";
    private const int Corrupt = 13;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        Name, "--dnp3", "DNP3", "DNP3 masters, outstations, functions, values, controls, indications, files, cycles; attacks on outstations", 1, Dnp3Findings.All);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<Dnp3Message>(this);
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<IcsFault>(this);
    }

    /// <inheritdoc/>
    public void Consume(Dnp3Message record)
    {
        var pair = new PairKey(record.Client, record.Server);

        // A confirmation asks nothing, and what the link layer says it says for itself.
        if (record.Function != 0)
        {
            State.Add(record, Dnp3Dialect.Instance);
        }

        Dnp3Link link = State.Links[new Dnp3LinkKey(pair, record.Master, (int)record.Station)];
        link.Times.Add(record.Time, record.Frame);
        link.LinkOnly.Add(record.LinkFunction is null ? 0 : 1);
        if (record is { IsRequest: true, Function: > 0 })
        {
            link.Requests.Add();
            link.Asked.Add(record.Time, record.Frame);
            if (IcsActions.IsCommand(Dnp3Calls.Action(record.Call)))
            {
                link.Commands.Add(record.Frame);
            }
        }
        else if (record is { IsRequest: false, Indications: { } indications })
        {
            (record.Function == 130 ? link.Reports : link.Answers).Add();
            for (int bit = 0; bit < Dnp3Names.Indications; bit++)
            {
                link.Indications[bit] += indications >> bit & 1;
            }

            Add(link.Restarts, record, record.HasRestarted);
            Add(link.Corrupt, record, (indications >> Corrupt & 1) != 0);
        }

        Add(link.Unselected, record, record.IsUnselected);
        Add(link.AuthenticationErrors, record, record.AuthenticationError is not null);
        if (record.FileName is { Length: > 0 } name)
        {
            State.Files[new(pair, name)].Add(record.Frame);
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
    public override void Conclude(Dnp3State state, Conclusions conclusions)
    {
        var tables = new IcsTables(state, Dnp3Dialect.Instance, conclusions.Section);
        if (!tables.Headline())
        {
            return;
        }

        tables.Masters();
        Links(state, conclusions.Section);
        tables.Functions();
        tables.Areas();
        tables.Written();
        Files(state, conclusions.Section);
        tables.Polls();
        tables.Read();
        Dnp3Findings.Conclude(state, conclusions);
    }

    private static void Add(FrameSample frames, Dnp3Message record, bool isSo)
    {
        if (isSo)
        {
            frames.Add(record.Frame);
        }
    }

    private static void Links(Dnp3State state, Section section)
    {
        Table table = section.Table(
            "links", "stations", new("master", "master", CellKind.Address), new("master_station", "station", CellKind.Code), new("server", "outstation", CellKind.Address),
            new("station", "station", CellKind.Code), new("requests", "requests", CellKind.Integer), new("answers", "answered", CellKind.Integer),
            new("reports", "unsolicited", CellKind.Integer), new("link_frames", "link only", CellKind.Integer), new("indications", "indications", CellKind.Texts),
            new("first_seen", "first seen", CellKind.Time));
        table.Total = state.Links.Distinct;
        foreach ((Dnp3LinkKey key, Dnp3Link link) in state.Links.Entries.OrderByDescending(l => l.Value.Requests.Value).ThenBy(l => l.Key).Take(table.Room))
        {
            table.Row(
                key.Pair.From, Cell.Code(key.Master), key.Pair.To, Cell.Code(key.Station), link.Requests.Value, link.Answers.Value, link.Reports.Value, link.LinkOnly.Value,
                Cell.List(Enumerable.Range(0, Dnp3Names.Indications).Where(b => link.Indications[b] > 0).Select(b => $"{Dnp3Names.Indication(b)} ({Units.Count(link.Indications[b])})")),
                link.Times.First);
        }
    }

    private static void Files(Dnp3State state, Section section)
    {
        if (state.Files.Count == 0)
        {
            return;
        }

        Table table = section.Table("files", "files", new("client", "master", CellKind.Address), new("server", "outstation", CellKind.Address), new("name", "name"), new("frames", "frames", CellKind.Frames));
        table.Total = state.Files.Distinct;
        foreach ((Key2<PairKey, TextKey> key, FrameSample frames) in state.Files.Entries)
        {
            table.Row(key.First.From, key.First.To, key.Second.Text, Cell.Frames(frames));
        }
    }
}
