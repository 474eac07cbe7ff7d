using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Tcp;

/// <summary>The tables of <c>--tcp</c>.</summary>
internal static class TcpTables
{
    private static readonly (ConnState State, string Meaning)[] s_states =
    [
        (ConnState.SF, "opened and closed"), (ConnState.S1, "open at the end"), (ConnState.S0, "never answered"), (ConnState.REJ, "refused"),
        (ConnState.S2, "closed by the originator only"), (ConnState.S3, "closed by the responder only"), (ConnState.RSTO, "reset by the originator"),
        (ConnState.RSTR, "reset by the responder"), (ConnState.RSTOS0, "SYN, then reset by the originator"), (ConnState.RSTRH, "reset by the responder, opening not seen"),
        (ConnState.SH, "SYN and FIN, no answer"), (ConnState.SHR, "answer and FIN, opening not seen"), (ConnState.OTH, "opening not seen"),
    ];

    public static void Write(TcpState state, Section section)
    {
        Counters totals = state.Totals;
        long flows = totals[TcpCounts.Flows];
        if (flows == 0)
        {
            section.Headline("no TCP");
            section.Fact("flows", "Flows", 0);
            return;
        }

        string times = state.HandshakeTimes.Total == 0 ? "" : $", handshake median {Units.Duration(state.HandshakeTimes.Quantile(50))}, p95 {Units.Duration(state.HandshakeTimes.Quantile(95))}";
        section.Headline($"{Units.Count(flows, "flow")}, {Units.Count(totals[TcpCounts.Segments], "segment")}{times}");
        section.Fact("flows", "Flows", flows).Fact("segments", "Segments", totals[TcpCounts.Segments])
            .Fact("retransmitted", "Retransmitted", totals[TcpCounts.Retransmitted]).Fact("out_of_order", "Out of order", totals[TcpCounts.OutOfOrder])
            .Fact("keep_alives", "Keep-alives", totals[TcpCounts.KeepAlives]).Fact("zero_windows", "Zero windows", totals[TcpCounts.ZeroWindows])
            .Fact("missed_bytes", "Missing", Cell.Bytes(totals[TcpCounts.MissedBytes])).Fact("resets", "Reset", totals[TcpCounts.Resets])
            .Fact("conflicts", "Overlaps with other bytes", totals[TcpCounts.Conflicts])
            .Fact("not_compared", "Repeated too late to compare", totals[TcpCounts.NotCompared])
            .Fact("handshake_median", "Handshake median", Cell.Duration(state.HandshakeTimes.Total == 0 ? null : state.HandshakeTimes.Quantile(50)))
            .Fact("handshake_p95", "Handshake p95", Cell.Duration(state.HandshakeTimes.Total == 0 ? null : state.HandshakeTimes.Quantile(95)));
        States(state, section, flows);
        Servers(state, section);
        Trouble(state, section);
    }

    private static void States(TcpState state, Section section, long flows)
    {
        Table table = section.Table(
            "states", "connection states", new("state", "state"), new("meaning", "meaning"), new("flows", "flows", CellKind.Integer),
            new("share", "share", CellKind.Percent), new("frames", "first frames", CellKind.Frames));
        foreach ((ConnState connState, string meaning) in s_states)
        {
            if (state.States.Find((long)connState) is { } frames)
            {
                table.Row(connState.ToString(), meaning, frames.Total, Cell.Percent(frames.Total, flows), Cell.Frames(frames));
            }
        }
    }

    private static void Servers(TcpState state, Section section)
    {
        Table table = section.Table(
            "servers", "servers", new("server", "server", CellKind.Address), new("port", "port", CellKind.Code), new("state", "state"), new("clients", "clients", CellKind.Integer),
            new("established", "established", CellKind.Integer), new("refused", "refused", CellKind.Integer), new("unanswered", "unanswered", CellKind.Integer),
            new("half_open", "half-open", CellKind.Integer), new("handshake", "mean handshake", CellKind.Duration));
        foreach ((EndpointKey server, ServerUse use) in state.Servers.Entries
            .OrderByDescending(s => s.Value[ServerUse.Established]).ThenByDescending(s => s.Value[ServerUse.HalfOpen] > 0).ThenByDescending(s => s.Value.Duration).ThenBy(s => s.Key).Take(table.Room))
        {
            table.Row(
                server.Address, Cell.Code(server.Port), StateOf(use), Cell.Distinct(use.Peers, use.IsPeersExact), use[ServerUse.Established], use[ServerUse.Refused], use[ServerUse.Unanswered],
                use[ServerUse.HalfOpen], Cell.Duration(use[ServerUse.Timed] == 0 ? null : use[ServerUse.TimeSum] / use[ServerUse.Timed]));
        }

        table.Total = state.Servers.Distinct;
    }

    private static string StateOf(ServerUse use) => use[ServerUse.Established] > 0 ? "open"
        : use[ServerUse.HalfOpen] > 0 ? "open, never completed"
        : use[ServerUse.Refused] > 0 ? "closed"
        : "no answer";

    private static void Trouble(TcpState state, Section section)
    {
        List<KeyValuePair<PairKey, Counters>> pairs =
        [
            .. state.Pairs.Entries
                .Where(p => p.Value[TcpCounts.Retransmitted] + p.Value[TcpCounts.ZeroWindows] + p.Value[TcpCounts.MissedBytes] + p.Value[TcpCounts.OutOfOrder] > 0)
                .OrderByDescending(p => p.Value[TcpCounts.Retransmitted] + p.Value[TcpCounts.ZeroWindows]).ThenBy(p => p.Key),
        ];
        if (pairs.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "trouble", "pairs with trouble", new("originator", "originator", CellKind.Address), new("responder", "responder", CellKind.Address),
            new("flows", "flows", CellKind.Integer), new("segments", "segments", CellKind.Integer), new("retransmitted", "retransmitted", CellKind.Integer),
            new("share", "share", CellKind.Percent), new("out_of_order", "out of order", CellKind.Integer), new("zero_windows", "zero windows", CellKind.Integer),
            new("resets", "resets", CellKind.Integer), new("missed_bytes", "missing", CellKind.Bytes));
        foreach ((PairKey pair, Counters c) in pairs)
        {
            table.Row(
                pair.From, pair.To, c[TcpCounts.Flows], c[TcpCounts.Segments], c[TcpCounts.Retransmitted], Cell.Percent(c[TcpCounts.Retransmitted], c[TcpCounts.Segments]),
                c[TcpCounts.OutOfOrder], c[TcpCounts.ZeroWindows], c[TcpCounts.Resets], Cell.Bytes(c[TcpCounts.MissedBytes]));
        }
    }
}
