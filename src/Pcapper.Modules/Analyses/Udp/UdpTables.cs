using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Udp;

/// <summary>The section of <c>--udp</c>.</summary>
internal static class UdpTables
{
    private const int ManyHosts = 10;

    public static void Write(UdpState state, Section section)
    {
        Counters totals = state.Totals;
        long flows = totals[UdpCounts.Flows];
        if (flows == 0)
        {
            section.Headline("no UDP");
            return;
        }

        section.Headline(
            $"{Units.Count(flows, "flow")}, {Units.Count(totals[UdpCounts.Unanswered])} unanswered, {Units.Count(totals[UdpCounts.PacketsOut] + totals[UdpCounts.PacketsBack], "packet")}, "
            + $"{Units.Bytes(totals[UdpCounts.BytesOut])} out, {Units.Bytes(totals[UdpCounts.BytesBack])} back");
        section.Fact("flows", "Flows", flows).Fact("unanswered", "Unanswered", totals[UdpCounts.Unanswered])
            .Fact("bytes_out", "From originators", Cell.Bytes(totals[UdpCounts.BytesOut])).Fact("bytes_back", "From responders", Cell.Bytes(totals[UdpCounts.BytesBack]));
        Services(state, section);
        Pairs(state, section);
        FanOut(state, section);
    }

    private static void Services(UdpState state, Section section)
    {
        Table table = section.Table(
            "services", "services", new("port", "port", CellKind.Code), new("protocol", "protocol"), new("flows", "flows", CellKind.Integer), new("unanswered", "unanswered", CellKind.Integer),
            new("originators", "clients", CellKind.Integer), new("responders", "servers", CellKind.Integer), new("out", "out", CellKind.Bytes), new("back", "back", CellKind.Bytes),
            new("factor", "back/out", CellKind.Number), new("frames", "frames", CellKind.Frames));
        table.Total = state.Services.Distinct;
        foreach ((Key2<NumberKey, TextKey> key, UdpService service) in state.Services.Entries
            .OrderByDescending(s => s.Value.Totals[UdpCounts.BytesOut] + s.Value.Totals[UdpCounts.BytesBack]).ThenBy(s => s.Key).Take(table.Room))
        {
            Counters totals = service.Totals;
            table.Row(
                Cell.Code(key.First.Value), key.Second.Text.Length == 0 ? Cell.None : key.Second.Text, totals[UdpCounts.Flows], totals[UdpCounts.Unanswered],
                Cell.Distinct(service.Originators, totals[UdpCounts.Flows]), Cell.Distinct(service.Responders, totals[UdpCounts.Flows]), Cell.Bytes(totals[UdpCounts.BytesOut]), Cell.Bytes(totals[UdpCounts.BytesBack]),
                Factor(totals), Cell.Frames(service.Frames));
        }
    }

    private static void Pairs(UdpState state, Section section)
    {
        Table table = section.Table(
            "pairs", "pairs", new("from", "from", CellKind.Address), new("to", "to", CellKind.Address), new("flows", "flows", CellKind.Integer), new("unanswered", "unanswered", CellKind.Integer),
            new("packets", "packets", CellKind.Integer), new("out", "out", CellKind.Bytes), new("back", "back", CellKind.Bytes));
        table.Total = state.Pairs.Distinct;
        foreach ((PairKey key, Counters totals) in state.Pairs.Entries
            .OrderByDescending(p => p.Value[UdpCounts.BytesOut] + p.Value[UdpCounts.BytesBack]).ThenBy(p => p.Key).Take(table.Room))
        {
            table.Row(
                key.From, key.To, totals[UdpCounts.Flows], totals[UdpCounts.Unanswered], totals[UdpCounts.PacketsOut] + totals[UdpCounts.PacketsBack],
                Cell.Bytes(totals[UdpCounts.BytesOut]), Cell.Bytes(totals[UdpCounts.BytesBack]));
        }
    }

    private static void FanOut(UdpState state, Section section)
    {
        List<(IpAddress Host, long Peers)> hosts = [.. state.Pairs.Entries.GroupBy(p => p.Key.From).Select(g => (g.Key, g.LongCount())).Where(h => h.Item2 >= ManyHosts)];
        if (hosts.Count == 0)
        {
            return;
        }

        Table table = section.Table("fan_out", "hosts that address many", new("host", "host", CellKind.Address), new("peers", "hosts addressed", CellKind.Integer));
        foreach ((IpAddress host, long peers) in hosts.OrderByDescending(h => h.Peers).ThenBy(h => h.Host))
        {
            table.Row(host, peers);
        }
    }

    private static Cell Factor(Counters totals) => totals[UdpCounts.BytesOut] == 0 ? Cell.None
        : Cell.Number(Math.Round((double)totals[UdpCounts.BytesBack] / totals[UdpCounts.BytesOut], 1));
}
