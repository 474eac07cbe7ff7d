using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary><c>--s7</c>: who asks and commands which controllers, functions, variables, blocks, identities, response times and cycles; attacks on them.</summary>
internal sealed class S7Analyzer : Analyzer<S7State>, IRecordConsumer<S7Message>, IRecordConsumer<S7PlusMessage>, IRecordConsumer<FlowEnded>, IRecordConsumer<IcsFault>
{
    private const string Name = "s7";
    private const string Protocol = "s7comm";

    private static readonly Threshold s_refusals = new("refusals", 5, "passwords refused, at least");

    private static readonly FindingType s_guessing = new("s7.password-guessing", "Passwords of an S7 controller guessed", Severity.High, "T0859")
    {
        Unless = "an engineer does not remember the password",
        IsAgainst = true,
        Thresholds = [s_refusals],
    };

    private static readonly IcsFindingTypes s_types = new(
        Name, "S7comm", IcsAction.Restart, IcsAction.ListenOnly, IcsAction.ClearCounters, IcsAction.ReadFile, IcsAction.WriteFile, IcsAction.DisableReports);

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        Name, "--s7", "S7comm", "S7 controllers and their masters, functions, variables read and written, blocks, identities, cycles; attacks on controllers", 1,
        [.. s_types.All.Where(t => t != s_types.Broadcast && t != s_types.WrongChecksums), s_guessing]);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<S7Message>(this);
        bus.Subscribe<S7PlusMessage>(this);
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<IcsFault>(this);
    }

    /// <inheritdoc/>
    public void Consume(S7Message record)
    {
        if (record.IsClientAnswer)
        {
            return;
        }

        State.Add(record, S7Dialect.Instance);
        foreach (S7Identity identity in record.Identities)
        {
            State.Devices[new(record.Server, record.Station)].Add($"{identity.Name}: {identity.Text}");
        }

        if (record is { IsRequest: true, Block: { } block })
        {
            State.Blocks[new(new PairKey(record.Client, record.Server), record.Call, S7Control.Text(block))].Add(record.Frame);
        }
    }

    /// <inheritdoc/>
    public void Consume(S7PlusMessage record)
    {
        bool isAsked = record.Direction == Direction.ToResponder;
        S7PlusUse use = State.Plus[new PairKey(record.Flow.Originator, record.Flow.Responder)];
        (isAsked ? use.Asked : use.Answered).Add();
        use.Versions.Add((long)record.Version);
        use.Frames.Add(record.Frame);
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record) => State.Add(record, Protocol);

    /// <inheritdoc/>
    public void Consume(IcsFault record)
    {
        if (record.Protocol == Protocol)
        {
            State.Add(record);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(S7State state, Conclusions conclusions)
    {
        var tables = new IcsTables(state, S7Dialect.Instance, conclusions.Section);
        if (tables.Headline())
        {
            tables.Masters();
            tables.Functions();
            tables.Areas();
            tables.Written();
            Devices(state, conclusions.Section);
            Blocks(state, conclusions.Section);
            tables.Polls();
            tables.Read();
            new IcsFindings(state, S7Dialect.Instance, s_types, conclusions).Conclude();
            Guessing(state, conclusions);
        }

        Plus(state, conclusions.Section);
    }

    private static void Devices(S7State state, Section section)
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

    private static void Blocks(S7State state, Section section)
    {
        if (state.Blocks.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "blocks", "blocks", new("client", "master", CellKind.Address), new("server", "server", CellKind.Address), new("function", "function"), new("block", "block"),
            new("times", "times", CellKind.Integer), new("frames", "frames", CellKind.Frames));
        table.Total = state.Blocks.Distinct;
        foreach ((Key3<PairKey, NumberKey, TextKey> key, FrameSample frames) in state.Blocks.Entries.Take(table.Room))
        {
            table.Row(key.First.From, key.First.To, S7Calls.Name(key.Second.Value), key.Third.Text, frames.Total, Cell.Frames(frames));
        }
    }

    private static void Plus(S7State state, Section section)
    {
        if (state.Plus.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "plus", "S7comm-plus, counted only", new("client", "master", CellKind.Address), new("server", "server", CellKind.Address), new("messages", "messages", CellKind.Integer),
            new("answers", "answers", CellKind.Integer), new("versions", "versions", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        table.Total = state.Plus.Distinct;
        foreach ((PairKey pair, S7PlusUse use) in state.Plus.Entries.Take(table.Room))
        {
            table.Row(pair.From, pair.To, use.Asked.Value, use.Answered.Value, Cell.List(use.Versions.Keys.Select(v => v.ToString())), Cell.Frames(use.Frames));
        }
    }

    private static void Guessing(S7State state, Conclusions conclusions)
    {
        long least = conclusions.Value(s_refusals);
        foreach ((CallKey key, IcsCall call) in state.Calls.Entries.Where(c => S7Calls.IsPassword(c.Key.Call) && c.Value.Refused.Total >= least))
        {
            var answers = new PairKey(key.Pair.To, key.Pair.From);
            conclusions.Add(new Finding
            {
                Type = s_guessing,
                Subject = key.Pair.ToString(),
                Summary = $"{Units.Count(call.Requests.Total, "password")} entered, {Units.Count(call.Refused.Total)} refused",
                Source = key.Pair.From,
                Destination = key.Pair.To,
                Confidence = 80,
                Count = call.Refused.Total,
                Measures = [new("refusals", call.Refused.Total, least)],
                DisplayFilter = IcsFindings.Select(answers, "s7comm.param.userdata.funcgroup == 5", call.Refused, state.Uses.Find(key.Pair)),
            }.WithEvidence(call.Refused).During(call.Times));
        }
    }
}
