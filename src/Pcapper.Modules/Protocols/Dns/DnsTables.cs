using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>The section of <c>--dns</c>.</summary>
internal static class DnsTables
{
    private const int MostResolvers = 6;

    public static void Write(DnsState state, Section section)
    {
        Counters totals = state.Totals;
        long messages = totals[(int)DnsTotal.Messages];
        long local = totals[(int)DnsTotal.Mdns] + totals[(int)DnsTotal.Llmnr];
        if (messages + local == 0)
        {
            section.Headline("no DNS");
            return;
        }

        Histogram times = state.ResponseTimes;
        string speed = times.Total == 0 ? "" : $" (median {Units.Duration(times.Quantile(50))}, p95 {Units.Duration(times.Quantile(95))})";
        section.Headline(
            $"{Units.Count(messages, "message")}, {Units.Count(totals[(int)DnsTotal.Queries], "query", "queries")}, {Units.Count(totals[(int)DnsTotal.Answered])} answered{speed}, "
            + $"{Units.Count(totals[(int)DnsTotal.Unanswered])} unanswered" + (local > 0 ? $"; {Units.Count(local, "message")} on the local link (mDNS, LLMNR)" : ""));
        section.Fact("messages", "Messages", messages).Fact("tcp", "Over TCP", totals[(int)DnsTotal.TcpMessages])
            .Fact("queries", "Queries", totals[(int)DnsTotal.Queries]).Fact("answered", "Answered", totals[(int)DnsTotal.Answered])
            .Fact("unanswered", "Unanswered", totals[(int)DnsTotal.Unanswered]).Fact("unasked", "Responses without query", totals[(int)DnsTotal.Unasked])
            .Fact("cut", "Cut responses (TC)", totals[(int)DnsTotal.Cut])
            .Fact("median", "Median response time", times.Total == 0 ? Cell.None : Cell.Duration(times.Quantile(50)))
            .Fact("p95", "95 % answered within", times.Total == 0 ? Cell.None : Cell.Duration(times.Quantile(95)));
        if (messages > 0)
        {
            Clients(state, section);
            Resolvers(state, section);
            Domains(state, section);
            Types(state, section);
            Rcodes(state, section);
            section.Detail(detail => PassiveDns(state, detail));
        }

        if (local > 0)
        {
            LocalNames(state, section);
        }

        if (totals[(int)DnsTotal.Lookups] > 0)
        {
            section.Note($"{Units.Count(totals[(int)DnsTotal.Lookups], "query", "queries")} to reverse trees, block lists and other services that are asked with encoded names by design: "
                + "not judged as tunnels or generated names. docs/modules/dns.md lists them.");
        }
    }

    private static void Clients(DnsState state, Section section)
    {
        Table table = section.Table(
            "clients", "clients", new("client", "client", CellKind.Address), new("queries", "queries", CellKind.Integer), new("names", "names", CellKind.Integer),
            new("nxdomain", "nxdomain", CellKind.Integer), new("unanswered", "unanswered", CellKind.Integer), new("resolvers", "resolvers", CellKind.Texts));
        table.Total = state.Clients.Distinct;
        ILookup<IpAddress, IpAddress> resolvers = state.Pairs.Entries.OrderByDescending(p => p.Value.Frames.Total).ThenBy(p => p.Key).ToLookup(p => p.Key.From, p => p.Key.To);
        foreach ((AddressKey client, DnsClient asked) in state.Clients.Entries
            .Where(c => c.Value.Queries.Value > 0).OrderByDescending(c => c.Value.Queries.Value).ThenBy(c => c.Key).Take(table.Room))
        {
            List<IpAddress> servers = [.. resolvers[client.Address]];
            bool hasInside = servers.Exists(s => s.IsInternal);
            table.Row(
                client.Address, asked.Queries.Value, Cell.Distinct(asked.Names, asked.Queries.Value), asked.Refused.Total, asked.Queries.Value - asked.Answered.Value,
                Cell.List([.. servers.Take(MostResolvers).Select(s => hasInside && s.Class == AddressClass.Public ? $"{s} (outside)" : s.ToString()), .. servers.Count > MostResolvers ? ["…"] : Array.Empty<string>()]));
        }
    }

    private static void Resolvers(DnsState state, Section section)
    {
        Table table = section.Table(
            "resolvers", "resolvers", new("resolver", "resolver", CellKind.Address), new("outside", "outside", CellKind.Boolean), new("clients", "clients", CellKind.Integer), new("queries", "queries", CellKind.Integer),
            new("rcodes", "response codes", CellKind.Texts), new("median", "median", CellKind.Duration), new("p95", "p95", CellKind.Duration));
        table.Total = state.Resolvers.Distinct;
        foreach ((AddressKey server, DnsResolver resolver) in state.Resolvers.Entries.OrderByDescending(r => r.Value.Queries.Value).ThenBy(r => r.Key).Take(table.Room))
        {
            var codes = new List<string>();
            for (int code = 0; code < resolver.Rcodes.Length; code++)
            {
                if (resolver.Rcodes[code] > 0)
                {
                    codes.Add($"{DnsNames.Rcode(code)} {Units.Count(resolver.Rcodes[code])}");
                }
            }

            bool hasTimes = resolver.Times.Total > 0;
            table.Row(
                server.Address, server.Address.Class == AddressClass.Public, Cell.Distinct(resolver.Clients, resolver.Queries.Value), resolver.Queries.Value, Cell.List(codes),
                hasTimes ? Cell.Duration(resolver.Times.Quantile(50)) : Cell.None, hasTimes ? Cell.Duration(resolver.Times.Quantile(95)) : Cell.None);
        }
    }

    private static void Domains(DnsState state, Section section)
    {
        Table table = section.Table(
            "domains", "registered domains", new("domain", "domain"), new("queries", "queries", CellKind.Integer), new("names", "names", CellKind.Integer),
            new("first_seen", "first seen", CellKind.Time), new("clients", "clients", CellKind.Integer), new("answers", "answers", CellKind.Texts));
        table.Total = state.Domains.Distinct;
        foreach ((TextKey name, DnsDomain domain) in state.Domains.Entries.OrderByDescending(d => d.Value.Queries.Value).ThenBy(d => d.Key).Take(table.Room))
        {
            table.Row(name.Text, domain.Queries.Value, Cell.Distinct(domain.Names, domain.Queries.Value), domain.Extent.First, Cell.Distinct(domain.Clients, domain.Queries.Value), Cell.List(domain.Answers));
        }
    }

    private static void Types(DnsState state, Section section)
    {
        Table table = section.Table(
            "query_types", "query types", new("type", "type"), new("queries", "queries", CellKind.Integer), new("answered", "with answers", CellKind.Integer),
            new("nxdomain", "nxdomain", CellKind.Integer));
        foreach ((NumberKey type, Counters counters) in state.QueryTypes.Entries.OrderByDescending(t => t.Value[0]).ThenBy(t => t.Key))
        {
            table.Row(DnsNames.Type((ushort)type.Value), counters[0], counters[1], counters[2]);
        }
    }

    private static void Rcodes(DnsState state, Section section)
    {
        Table table = section.Table(
            "response_codes", "response codes", new("rcode", "code"), new("responses", "responses", CellKind.Integer), new("frames", "frames", CellKind.Frames));
        foreach ((NumberKey code, FrameSample frames) in state.Rcodes.Entries.OrderByDescending(r => r.Value.Total).ThenBy(r => r.Key))
        {
            table.Row(DnsNames.Rcode((int)code.Value), frames.Total, Cell.Frames(frames));
        }
    }

    private static void PassiveDns(DnsState state, Section section)
    {
        Table table = section.Table(
            "passive_dns", "addresses of names", new("name", "name"), new("address", "address", CellKind.Address), new("count", "answers", CellKind.Integer),
            new("first_seen", "first seen", CellKind.Time), new("last_seen", "last seen", CellKind.Time), new("ttl", "longest TTL, s", CellKind.Integer));
        table.Total = state.Answers.Distinct;
        foreach ((Key2<TextKey, AddressKey> key, DnsAnswer answer) in state.Answers.Entries.Take(table.Room))
        {
            table.Row(key.First.Text, key.Second.Address, answer.Frames.Total, answer.Extent.First, answer.Extent.Last, answer.LongestTtl.Value);
        }
    }

    private static void LocalNames(DnsState state, Section section)
    {
        Table names = section.Table(
            "local_names", "names on the local link", new("protocol", "protocol"), new("name", "name"), new("queries", "queries", CellKind.Integer),
            new("answers", "answers", CellKind.Integer), new("askers", "asked by", CellKind.Texts), new("owners", "answered by", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        foreach ((Key2<NumberKey, TextKey> key, DnsLocalName name) in ByUse(state, isService: false))
        {
            names.Row(
                KindOf(key), key.Second.Text, name.Queries.Value, name.Answers.Value, Addresses(name.Askers), Addresses(name.Owners), Cell.Frames(name.Frames));
        }

        Table services = section.Table(
            "local_services", "services on the local link", new("service", "service"), new("queries", "queries", CellKind.Integer),
            new("answers", "answers", CellKind.Integer), new("owners", "offered by", CellKind.Texts), new("frames", "frames", CellKind.Frames));
        services.Shown = 5;
        foreach ((Key2<NumberKey, TextKey> key, DnsLocalName name) in ByUse(state, isService: true))
        {
            services.Row(key.Second.Text, name.Queries.Value, name.Answers.Value, Addresses(name.Owners), Cell.Frames(name.Frames));
        }

        names.Shown = 5;
    }

    // A service is named _what._tcp or _what._udp (RFC 6763, 4.1).
    private static IEnumerable<KeyValuePair<Key2<NumberKey, TextKey>, DnsLocalName>> ByUse(DnsState state, bool isService)
        => state.LocalNames.Entries
            .Where(n => isService == (n.Key.Second.Text.Contains("._tcp", StringComparison.OrdinalIgnoreCase) || n.Key.Second.Text.Contains("._udp", StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(n => n.Value.Queries.Value + n.Value.Answers.Value).ThenBy(n => n.Key);

    private static string KindOf(Key2<NumberKey, TextKey> key) => (DnsKind)key.First.Value == DnsKind.Mdns ? "mdns" : "llmnr";

    private static Cell Addresses(KeySet<AddressKey> addresses)
        => Cell.List([.. addresses.Keys.Select(a => a.ToString()), .. addresses.IsComplete ? Array.Empty<string>() : ["…"]]);
}
