using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>The section of <c>--icmp</c>.</summary>
internal static class IcmpTables
{
    private const int MostPorts = 12;

    public static void Write(IcmpState state, Section section)
    {
        IReadOnlyList<KeyValuePair<NumberKey, FrameSample>> types = state.Types.Entries;
        if (types.Count == 0)
        {
            section.Headline("no ICMP");
            return;
        }

        long messages = types.Sum(t => t.Value.Total);
        long v6 = types.Where(t => t.Key.Value >> 16 == 1).Sum(t => t.Value.Total);
        IReadOnlyList<KeyValuePair<Key2<PairKey, NumberKey>, EchoSession>> sessions = state.Sessions.Entries;
        long requests = sessions.Sum(s => s.Value.Totals[EchoSession.Requests]);
        long replies = sessions.Sum(s => s.Value.Totals[EchoSession.Replies]);
        section.Headline($"{Units.Count(messages, "message")} ({Units.Count(v6)} ICMPv6), {Units.Count(requests, "echo request")}, {Units.Count(replies, "reply", "replies")}, {Units.Bytes(state.Bytes.Value)} carried");
        section.Fact("messages", "Messages", messages).Fact("v6", "ICMPv6", v6).Fact("requests", "Echo requests", requests).Fact("replies", "Echo replies", replies)
            .Fact("bytes", "Payload", Cell.Bytes(state.Bytes.Value));
        Types(types, messages, section);
        Sessions(state, sessions, section);
        ClosedPorts(state, section);
        Traces(state, section);
        Routers(state, section);
    }

    private static void Types(IReadOnlyList<KeyValuePair<NumberKey, FrameSample>> types, long messages, Section section)
    {
        Table table = section.Table(
            "types", "types", new("version", "version"), new("type", "type", CellKind.Code), new("code", "code", CellKind.Code), new("meaning", "meaning"),
            new("messages", "messages", CellKind.Integer), new("share", "share", CellKind.Percent), new("frames", "frames", CellKind.Frames));
        foreach ((NumberKey key, FrameSample frames) in types.OrderByDescending(t => t.Value.Total).ThenBy(t => t.Key))
        {
            bool isV6 = key.Value >> 16 == 1;
            var type = (byte)(key.Value >> 8);
            var code = (byte)key.Value;
            table.Row(isV6 ? "ICMPv6" : "ICMP", Cell.Code(type), Cell.Code(code), IcmpNames.Of(isV6, type, code), frames.Total, Cell.Percent(frames.Total, messages), Cell.Frames(frames));
        }
    }

    private static void Sessions(IcmpState state, IReadOnlyList<KeyValuePair<Key2<PairKey, NumberKey>, EchoSession>> sessions, Section section)
    {
        if (sessions.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "echo_sessions", "echo sessions", new("from", "from", CellKind.Address), new("to", "to", CellKind.Address), new("id", "id", CellKind.Code),
            new("requests", "requests", CellKind.Integer), new("replies", "replies", CellKind.Integer), new("lost", "lost", CellKind.Percent), new("rtt", "median RTT", CellKind.Duration),
            new("shortest", "shortest", CellKind.Integer), new("longest", "longest", CellKind.Integer), new("out", "out", CellKind.Bytes), new("back", "back", CellKind.Bytes));
        table.Total = state.Sessions.Distinct;
        foreach ((Key2<PairKey, NumberKey> key, EchoSession session) in sessions
            .OrderByDescending(s => s.Value.Totals[EchoSession.RequestBytes] + s.Value.Totals[EchoSession.ReplyBytes]).ThenBy(s => s.Key))
        {
            long requests = session.Totals[EchoSession.Requests];
            long replies = session.Totals[EchoSession.Replies];
            table.Row(
                key.First.From, key.First.To, Cell.Code(key.Second.Value), requests, replies, Cell.Percent(Math.Max(0, requests - replies), requests), Cell.Duration(new EchoPairs(session).Median),
                session.Shortest.Value, session.Longest.Value, Cell.Bytes(session.Totals[EchoSession.RequestBytes]), Cell.Bytes(session.Totals[EchoSession.ReplyBytes]));
        }
    }

    private static void ClosedPorts(IcmpState state, Section section)
    {
        if (state.ClosedPorts.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "closed_ports", "ports said to be closed", new("host", "host", CellKind.Address), new("ports", "ports", CellKind.Integer), new("which", "which", CellKind.Texts),
            new("messages", "messages", CellKind.Integer));
        foreach (IGrouping<IpAddress, KeyValuePair<EndpointKey, FrameSample>> host in state.ClosedPorts.Entries.GroupBy(p => p.Key.Address).OrderByDescending(h => h.Count()).ThenBy(h => h.Key))
        {
            List<EndpointKey> ports = [.. host.Select(p => p.Key)];
            table.Row(
                host.Key, ports.Count,
                Cell.List([.. ports.Take(MostPorts).Select(p => string.Create(CultureInfo.InvariantCulture, $"{(p.Protocol == IpProtocol.Udp ? "udp" : "tcp")}/{p.Port}")), .. ports.Count > MostPorts ? ["…"] : Array.Empty<string>()]),
                host.Sum(p => p.Value.Total));
        }
    }

    private static void Traces(IcmpState state, Section section)
    {
        if (state.Traces.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "time_exceeded", "packets that lived too short", new("from", "from", CellKind.Address), new("to", "to", CellKind.Address), new("routers", "routers", CellKind.Texts),
            new("messages", "messages", CellKind.Integer), new("frames", "frames", CellKind.Frames));
        foreach ((PairKey key, TraceEvidence trace) in state.Traces.Entries.OrderByDescending(t => t.Value.Frames.Total).ThenBy(t => t.Key))
        {
            table.Row(key.From, key.To, Cell.List(trace.Routers.Keys.Select(r => r.ToString())), trace.Frames.Total, Cell.Frames(trace.Frames));
        }
    }

    private static void Routers(IcmpState state, Section section)
    {
        if (state.Routers.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "routers", "routers that advertise themselves", new("vlan", "VLAN", CellKind.Code), new("router", "router", CellKind.Address), new("messages", "messages", CellKind.Integer),
            new("lifetime", "longest lifetime, s", CellKind.Integer), new("preferred", "asks to be preferred", CellKind.Boolean), new("first_seen", "first seen", CellKind.Time));
        foreach ((Key2<NumberKey, AddressKey> key, RouterEvidence router) in state.Routers.Entries)
        {
            table.Row(
                key.First.Value == 0 ? Cell.None : Cell.Code(key.First.Value), key.Second.Address, router.Frames.Total, router.LongestLifetime.Value,
                router.HighPreference.Value > 0, router.Extent.First);
        }
    }
}
