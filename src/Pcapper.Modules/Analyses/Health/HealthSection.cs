using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>The tables of <c>--health</c>.</summary>
internal static class HealthSection
{
    private static readonly string[] s_congestion = ["not capable", "ECT(1)", "ECT(0)", "congestion met"];
    private static readonly string[] s_pdus = ["get", "get-next", "response", "set", "trap", "get-bulk", "inform", "trap", "report"];

    public static void Write(HealthState state, Conclusions conclusions)
    {
        Section section = conclusions.Section;
        var sums = new Counters();
        foreach ((_, PathFacts facts) in state.Paths.Entries)
        {
            sums.Merge(facts.Totals);
        }

        long segments = sums[PathFacts.Segments];
        section.Headline(segments == 0 ? "no TCP" : $"{Units.Percent((double)Of(sums, SegmentNotes.Retransmission) / segments)} of {Units.Count(segments, "TCP segment")} sent again, "
            + $"{Units.Count(Of(sums, SegmentNotes.OutOfOrder))} out of order, {Units.Count(Of(sums, SegmentNotes.ZeroWindow), "closed window")}");
        section.Fact("segments", "TCP segments", segments)
            .Fact("retransmissions", "Retransmissions", Of(sums, SegmentNotes.Retransmission))
            .Fact("fast_retransmissions", "of these fast", Of(sums, SegmentNotes.FastRetransmission))
            .Fact("spurious_retransmissions", "of these spurious", Of(sums, SegmentNotes.SpuriousRetransmission))
            .Fact("out_of_order", "Out of order", Of(sums, SegmentNotes.OutOfOrder))
            .Fact("previous_not_captured", "Previous segment not captured", Of(sums, SegmentNotes.PreviousNotCaptured))
            .Fact("acked_unseen", "Acknowledged, not captured", Of(sums, SegmentNotes.AckedUnseen))
            .Fact("duplicate_acks", "Duplicate ACKs", Of(sums, SegmentNotes.DuplicateAck))
            .Fact("zero_windows", "Zero windows", Of(sums, SegmentNotes.ZeroWindow))
            .Fact("windows_full", "Windows full", Of(sums, SegmentNotes.WindowFull))
            .Fact("keep_alives", "Keep-alives", Of(sums, SegmentNotes.KeepAlive))
            .Fact("captured_twice", "Captured twice", Of(sums, SegmentNotes.CapturedTwice));
        Captures(conclusions, section);
        Paths(state, section);
        Responses(state, section);
        Hosts(state, section);
        Marks(state, section);
        TooBig(state, section);
        Snmp(state, section);
    }

    private static long Of(Counters sums, SegmentNotes note) => sums[PathFacts.IndexOf(note)];

    private static void Captures(Conclusions conclusions, Section section)
    {
        Table table = section.Table(
            "captures", "capture quality", new("capture", "capture", CellKind.Integer), new("quality", "quality"), new("frames", "frames", CellKind.Integer),
            new("dropped", "dropped", CellKind.Integer), new("truncated", "cut", CellKind.Integer), new("one_sided", "one-sided flows", CellKind.Integer),
            new("missing", "missing bytes", CellKind.Percent), new("steps_back", "steps back in time", CellKind.Integer),
            new("longest_step_back", "longest step back", CellKind.Duration), new("longest_gap", "longest gap", CellKind.Duration));
        foreach (CaptureSummary capture in conclusions.CaptureSummaries)
        {
            table.Row(
                capture.Index + 1, capture.Quality.ToString().ToLowerInvariant(), capture.Frames, capture.Dropped, capture.Truncated, capture.OneSidedFlows,
                Cell.Percent(capture.MissingShare), capture.StepsBack, Cell.Duration(capture.LongestStepBack), Cell.Duration(capture.LongestGap));
        }
    }

    private static void Paths(HealthState state, Section section)
    {
        Table table = section.Table(
            "paths", "TCP paths", new("sender", "sender", CellKind.Address), new("receiver", "receiver", CellKind.Address), new("segments", "segments", CellKind.Integer),
            new("retransmitted", "sent again", CellKind.Integer), new("share", "share", CellKind.Percent), new("out_of_order", "out of order", CellKind.Integer),
            new("duplicate_acks", "duplicate ACKs", CellKind.Integer), new("zero_windows", "zero windows", CellKind.Integer), new("missing", "missing", CellKind.Bytes),
            new("handshake_median", "handshake", CellKind.Duration), new("handshake_p95", "p95", CellKind.Duration), new("ack_median", "to ACK", CellKind.Duration),
            new("ack_p95", "p95", CellKind.Duration));
        foreach ((PairKey path, PathFacts facts) in state.Paths.Entries
            .OrderByDescending(p => p.Value.Of(SegmentNotes.Retransmission) + p.Value.Of(SegmentNotes.ZeroWindow)).ThenByDescending(p => p.Value.Totals[PathFacts.Segments]).ThenBy(p => p.Key)
            .Take(table.Room))
        {
            long segments = facts.Totals[PathFacts.Segments];
            table.Row(
                path.From, path.To, segments, facts.Of(SegmentNotes.Retransmission), Cell.Percent(facts.Of(SegmentNotes.Retransmission), segments), facts.Of(SegmentNotes.OutOfOrder),
                facts.Of(SegmentNotes.DuplicateAck), facts.Of(SegmentNotes.ZeroWindow), Cell.Bytes(facts.Totals[PathFacts.Missing]),
                Quantile(facts.Handshakes, 50), Quantile(facts.Handshakes, 95), Quantile(facts.AckTimes, 50), Quantile(facts.AckTimes, 95));
        }

        table.Total = state.Paths.Distinct;
    }

    private static void Responses(HealthState state, Section section)
    {
        Table table = section.Table(
            "response_times", "response times", new("server", "server", CellKind.Address), new("port", "port", CellKind.Code), new("protocol", "protocol"),
            new("answers", "answers", CellKind.Integer), new("unanswered", "unanswered", CellKind.Integer), new("median", "median", CellKind.Duration),
            new("p95", "p95", CellKind.Duration), new("slowest", "slowest", CellKind.Duration));
        foreach ((Key2<EndpointKey, TextKey> key, ResponseFacts facts) in state.Services.Entries
            .OrderByDescending(s => s.Value.Times.Total == 0 ? 0 : s.Value.Times.Quantile(50)).ThenByDescending(s => s.Value.Unanswered.Value).ThenBy(s => s.Key).Take(table.Room))
        {
            table.Row(
                key.First.Address, Cell.Code(key.First.Port), key.Second.Text, facts.Times.Total, facts.Unanswered.Value,
                Quantile(facts.Times, 50), Quantile(facts.Times, 95), Cell.Duration(facts.Times.Total == 0 ? null : facts.Times.Maximum));
        }

        table.Total = state.Services.Distinct;
    }

    private static void Hosts(HealthState state, Section section)
    {
        Table table = section.Table(
            "hosts", "IP headers by sender", new("host", "host", CellKind.Address), new("packets", "packets", CellKind.Integer), new("ttls", "TTL", CellKind.Texts),
            new("initial_ttls", "begun with", CellKind.Texts), new("dscp", "DSCP", CellKind.Texts), new("ect", "ECN-capable", CellKind.Integer),
            new("ce", "congestion met", CellKind.Integer), new("fragments", "fragments", CellKind.Integer), new("mss", "smallest MSS", CellKind.Integer));
        foreach ((AddressKey host, HostFacts facts) in state.Hosts.Entries
            .OrderByDescending(h => h.Value.InitialTtls.Count).ThenByDescending(h => h.Value[HostFacts.Packets]).ThenBy(h => h.Key).Take(table.Room))
        {
            table.Row(
                host.Address, facts[HostFacts.Packets], Numbers(facts.Ttls), Numbers(facts.InitialTtls), Numbers(Enumerable.Range(0, 64).Where(d => (facts.CodePoints >> d & 1) != 0)),
                facts[HostFacts.Capable], facts[HostFacts.Congested], facts[HostFacts.Fragments], facts.SegmentSize == 0 ? Cell.None : Cell.Integer(facts.SegmentSize));
        }

        table.Total = state.Hosts.Distinct;
        section.Note("Hosts whose packets begin with several times to live come first: several systems behind one address (NAT), a device that answers for them, or forged packets.");
    }

    private static void Marks(HealthState state, Section section)
    {
        Table points = section.Table("dscp", "DSCP", new("dscp", "DSCP", CellKind.Code), new("packets", "packets", CellKind.Integer), new("share", "share", CellKind.Percent));
        for (int i = 0; i < state.CodePoints.Length; i++)
        {
            if (state.CodePoints[i] > 0)
            {
                points.Row(Cell.Code(i), state.CodePoints[i], Cell.Percent(state.CodePoints[i], state.CodePoints.Total));
            }
        }

        Table congestion = section.Table("ecn", "ECN", new("ecn", "ECN"), new("packets", "packets", CellKind.Integer), new("share", "share", CellKind.Percent));
        for (int i = 0; i < Math.Min(state.Congestion.Length, s_congestion.Length); i++)
        {
            if (state.Congestion[i] > 0)
            {
                congestion.Row(s_congestion[i], state.Congestion[i], Cell.Percent(state.Congestion[i], state.Congestion.Total));
            }
        }
    }

    private static void TooBig(HealthState state, Section section)
    {
        if (state.TooBig.Entries.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "path_mtu", "packets too big for their path", new("sender", "sender", CellKind.Address), new("receiver", "receiver", CellKind.Address),
            new("messages", "messages", CellKind.Integer), new("mtu", "smallest MTU", CellKind.Integer), new("routers", "told by", CellKind.Texts), new("frames", "first frames", CellKind.Frames));
        foreach ((PairKey path, PathMtuFacts facts) in state.TooBig.Entries.OrderByDescending(p => p.Value.Frames.Total).ThenBy(p => p.Key).Take(table.Room))
        {
            table.Row(
                path.From, path.To, facts.Frames.Total, facts.Mtu.Value > 0 ? Cell.Integer(facts.Mtu.Value) : Cell.None, Cell.List(facts.Routers.Keys.Select(r => r.Address.ToString())),
                Cell.Frames(facts.Frames));
        }

        table.Total = state.TooBig.Distinct;
    }

    private static void Snmp(HealthState state, Section section)
    {
        if (state.Snmp.Entries.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "snmp", "SNMP", new("manager", "manager", CellKind.Address), new("agent", "agent", CellKind.Address), new("version", "version"), new("messages", "messages", CellKind.Integer),
            new("pdus", "PDUs", CellKind.Texts), new("names", "communities, users", CellKind.Texts), new("objects", "objects", CellKind.Texts),
            new("encrypted", "encrypted", CellKind.Integer), new("errors", "errors", CellKind.Integer));
        foreach ((SnmpKey key, SnmpFacts facts) in state.Snmp.Entries.OrderByDescending(s => s.Value.Frames.Total).ThenBy(s => s.Key).Take(table.Room))
        {
            IEnumerable<string> pdus = Enumerable.Range(0, Math.Min(facts.Pdus.Length, s_pdus.Length)).Where(p => facts.Pdus[p] > 0).Select(p => $"{s_pdus[p]} {Units.Count(facts.Pdus[p])}");
            table.Row(
                key.Pair.From, key.Pair.To, Version(key.Version), facts.Frames.Total, Cell.List(pdus), Cell.List(facts.Names), Cell.List(facts.Objects),
                facts.Encrypted.Value, facts.Errors.Value);
        }

        table.Total = state.Snmp.Distinct;
    }

    private static string Version(byte version) => version switch
    {
        0 => "1",
        1 => "2c",
        _ => "3",
    };

    private static Cell Quantile(Histogram times, int percent) => Cell.Duration(times.Total == 0 ? null : times.Quantile(percent));

    private static Cell Numbers(IEnumerable<int> numbers) => Cell.List(numbers.Select(n => Units.Count(n)));
}
