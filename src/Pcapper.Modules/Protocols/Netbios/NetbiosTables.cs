using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>The section of <c>--netbios</c>.</summary>
internal static class NetbiosTables
{
    public static void Write(NetbiosState state, Section section)
    {
        Counters totals = state.Totals;
        long messages = totals[(int)NetbiosTotal.Messages];
        long datagrams = totals[(int)NetbiosTotal.Datagrams];
        if (messages + datagrams + totals[(int)NetbiosTotal.Sessions] == 0)
        {
            section.Headline("no NetBIOS");
            return;
        }

        List<KeyValuePair<AddressKey, NetbiosHost>> named = [.. state.Hosts.Entries.Where(h => h.Value.Names.Values.Count + h.Value.Groups.Values.Count > 0)];
        string[] groups = [.. named.SelectMany(h => h.Value.Groups.Values).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        section.Headline(
            $"{Units.Count(messages, "name service message")}, {Units.Count(datagrams, "datagram")}; {Units.Count(named.Count, "host")} with names"
            + (groups.Length > 0 ? $"; domains and workgroups: {string.Join(", ", groups.Take(4))}{(groups.Length > 4 ? ", …" : "")}" : ""));
        section.Fact("queries", "Questions", totals[(int)NetbiosTotal.Queries]).Fact("answers", "Answers", totals[(int)NetbiosTotal.Answers])
            .Fact("claims", "Names claimed or renewed", totals[(int)NetbiosTotal.Claims]).Fact("releases", "Names given up", totals[(int)NetbiosTotal.Releases])
            .Fact("refusals", "Refusals", totals[(int)NetbiosTotal.Refusals]).Fact("node_status", "Node status answers", totals[(int)NetbiosTotal.NodeStatus])
            .Fact("browser", "Browser messages", totals[(int)NetbiosTotal.Browser]).Fact("sessions", "Sessions asked for", totals[(int)NetbiosTotal.Sessions]);
        Hosts(state, named, section);
        Names(state, section);
    }

    private static void Hosts(NetbiosState state, List<KeyValuePair<AddressKey, NetbiosHost>> named, Section section)
    {
        Table table = section.Table(
            "hosts", "hosts", new("host", "host", CellKind.Address), new("names", "names", CellKind.Texts), new("groups", "domain or workgroup", CellKind.Texts),
            new("roles", "roles", CellKind.Texts), new("version", "Windows", CellKind.Texts), new("comment", "comment", CellKind.Texts), new("mac", "link address", CellKind.Texts),
            new("queries", "asked", CellKind.Integer), new("frames", "frames", CellKind.Frames));
        table.Total = state.Hosts.IsComplete ? named.Count : state.Hosts.Distinct;
        foreach ((AddressKey address, NetbiosHost host) in named.OrderByDescending(h => h.Value.Frames.Total).ThenBy(h => h.Key))
        {
            table.Row(
                address.Address, Cell.List(host.Names), Cell.List(host.Groups), Cell.List(host.Roles), Cell.List(host.Versions), Cell.List(host.Comments), Cell.List(host.Macs),
                host.Queries.Value, Cell.Frames(host.Frames));
        }
    }

    private static void Names(NetbiosState state, Section section)
    {
        Table table = section.Table(
            "names", "names", new("name", "name"), new("kind", "kind"), new("queries", "asked for", CellKind.Integer), new("refusals", "refused", CellKind.Integer),
            new("askers", "asked by", CellKind.Texts), new("owners", "owners", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        table.Total = state.Names.Distinct;
        foreach ((TextKey name, NetbiosNameUse use) in state.Names.Entries.OrderByDescending(n => n.Value.Queries.Value).ThenByDescending(n => n.Value.Frames.Total).ThenBy(n => n.Key))
        {
            table.Row(
                name.Text, use.GroupClaims.Value > 0 ? "group" : use.Owners.Count > 0 ? "host" : "not answered", use.Queries.Value, use.Refusals.Value,
                Addresses(use.Askers), Addresses(use.Owners), Cell.Frames(use.Frames));
        }
    }

    private static Cell Addresses(KeySet<AddressKey> addresses)
        => Cell.List([.. addresses.Keys.Select(a => a.ToString()), .. addresses.IsComplete ? Array.Empty<string>() : ["…"]]);
}
