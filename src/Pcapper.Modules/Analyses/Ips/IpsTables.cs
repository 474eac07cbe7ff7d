using System.Runtime.InteropServices;
using Pcapper.Engine;
using Pcapper.Modules.Data;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ips;

/// <summary>The tables of <c>--ips</c>.</summary>
internal static class IpsTables
{
    private const int ScannerAttempts = 20;
    private const int ScannerPeers = 10;
    private const double ScannerShare = 0.8;
    private const int MostContested = 8;

    /// <summary>Writes the section.</summary>
    public static void Write(IpsState state, IAddressBook? book, Section section)
    {
        if (state.Hosts.Count == 0)
        {
            section.Headline("no IP traffic");
            section.Fact("hosts", "Addresses", 0);
            return;
        }

        var links = new LinkAddresses(state);
        IReadOnlyList<KeyValuePair<AddressKey, HostUse>> hosts = state.Hosts.Entries;
        long inside = hosts.LongCount(h => h.Key.Address.IsInternal);
        long outside = hosts.LongCount(h => h.Key.Address.Class == AddressClass.Public);
        section.Headline($"{Units.Count(state.Hosts.Distinct, "address", "addresses")} ({Units.Count(inside)} inside, {Units.Count(outside)} public), {Units.Count(state.Pairs.Distinct, "pair")} talked");
        section.Fact("hosts", "Addresses", state.Hosts.Distinct).Fact("inside", "Inside", inside).Fact("public", "Public", outside)
            .Fact("pairs", "Pairs", state.Pairs.Distinct).Fact("names", "Named", state.Names.Distinct);
        if (!state.Hosts.IsComplete)
        {
            section.Note($"The hosts are a sample of {Units.Count(state.Hosts.Count)} out of about {Units.Count(state.Hosts.Distinct)} addresses.");
        }

        if (links.Contested is { Count: > 0 } contested)
        {
            section.Note($"{Units.Count(contested.Count, "address has", "addresses have")} several link addresses by ARP and IP frames: {string.Join(", ", contested.Take(MostContested))}{(contested.Count > MostContested ? " …" : "")}. The link address shown is that of the IP frames if there were any; see --protocols.");
        }

        Hosts(state, hosts, links, book, section);
        Conversations(state, section);
        Classes(hosts, section);
        Routers(state, links, section);
    }

    /// <summary>Gets what a host is, the most telling first.</summary>
    public static IReadOnlyList<string> Roles(IpAddress address, HostUse use, long peers, LinkAddresses links)
    {
        var roles = new List<string>();
        IReadOnlyList<string> served = use.Served;
        if (links.IsGateway(address))
        {
            roles.Add("gateway");
        }

        if (served.Contains("kerberos", StringComparer.Ordinal) && served.Contains("ldap", StringComparer.Ordinal))
        {
            roles.Add("domain controller");
        }

        if (use.Is(HostRole.DnsServer))
        {
            roles.Add("dns server");
        }

        if (use.Is(HostRole.DhcpServer))
        {
            roles.Add("dhcp server");
        }

        if (use.Is(HostRole.TimeServer))
        {
            roles.Add("time server");
        }

        long attempts = use[HostUse.Failed] + use[HostUse.Opened];
        if (use[HostUse.Failed] >= ScannerAttempts && use[HostUse.Failed] >= ScannerShare * attempts && peers >= ScannerPeers)
        {
            roles.Add("scanner?");
        }

        if (roles.Count == 0 && use[HostUse.Answered] > 0)
        {
            roles.Add("server");
        }

        if (use[HostUse.Opened] > 0)
        {
            roles.Add("client");
        }

        return roles;
    }

    private static void Hosts(IpsState state, IReadOnlyList<KeyValuePair<AddressKey, HostUse>> hosts, LinkAddresses links, IAddressBook? book, Section section)
    {
        Table table = section.Table(
            "hosts", "hosts",
            [
                new("address", "address", CellKind.Address), new("name", "name"), new("name_source", "told by"), .. BookColumns(book), new("roles", "roles", CellKind.Texts),
                new("serves", "serves", CellKind.Texts), new("bytes_sent", "sent", CellKind.Bytes), new("bytes_received", "received", CellKind.Bytes),
                new("mac", "mac", CellKind.Address), new("vendor", "vendor"), new("peers", "peers", CellKind.Integer), new("opened", "opened", CellKind.Integer),
                new("failed", "failed", CellKind.Integer), new("answered", "answered", CellKind.Integer), new("packets_sent", "packets sent", CellKind.Integer),
                new("packets_received", "packets received", CellKind.Integer), new("class", "class"), new("first", "first", CellKind.Time), new("last", "last", CellKind.Time),
            ]);
        Dictionary<IpAddress, long> peers = Peers(state);
        foreach ((AddressKey host, HostUse use) in hosts
            .OrderByDescending(h => h.Value[HostUse.BytesSent] + h.Value[HostUse.BytesReceived]).ThenBy(h => h.Key).Take(table.Room))
        {
            (string Name, NameSource Source)? name = state.Names.Find(host)?.Best();
            MacAddress? mac = links.Of(host.Address);
            table.Row(
            [
                host.Address, name?.Name, name is { } told ? SourceName(told.Source) : Cell.None, .. BookCells(book, host.Address), Cell.List(Roles(host.Address, use, peers.GetValueOrDefault(host.Address), links)), Cell.List(use.ServedListed),
                Cell.Bytes(use[HostUse.BytesSent]), Cell.Bytes(use[HostUse.BytesReceived]), Cell.Address(mac), mac is { } own ? MacVendors.Of(own) : Cell.None,
                peers.GetValueOrDefault(host.Address), use[HostUse.Opened], use[HostUse.Failed], use[HostUse.Answered], use[HostUse.PacketsSent], use[HostUse.PacketsReceived],
                ClassName(host.Address), use.First, use.Last,
            ]);
        }

        table.Total = state.Hosts.Distinct;
    }

    private static Column[] BookColumns(IAddressBook? book) =>
    [
        .. book is { KnowsPlaces: true } ? (Column[])[new("country", "country"), new("city", "city")] : [],
        .. book is { KnowsNetworks: true } ? (Column[])[new("asn", "AS", CellKind.Code), new("organization", "network of")] : [],
    ];

    private static Cell[] BookCells(IAddressBook? book, IpAddress address)
    {
        if (book is null)
        {
            return [];
        }

        AddressEntry? entry = book.Find(address);
        return
        [
            .. book.KnowsPlaces ? (Cell[])[entry?.Country, entry?.City] : [],
            .. book.KnowsNetworks ? (Cell[])[Cell.Code(entry?.Asn), entry?.Organization] : [],
        ];
    }

    // With a sample of the pairs only, there are more.
    private static Dictionary<IpAddress, long> Peers(IpsState state)
    {
        var peers = new Dictionary<IpAddress, long>();
        foreach ((PairKey pair, _) in state.Pairs.Entries)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(peers, pair.From, out _)++;
            if (pair.From != pair.To)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(peers, pair.To, out _)++;
            }
        }

        return peers;
    }

    private static void Conversations(IpsState state, Section section)
    {
        Table table = section.Table(
            "conversations", "conversations", new("originator", "mostly opened by", CellKind.Address), new("responder", "to", CellKind.Address), new("services", "services", CellKind.Texts),
            new("flows", "flows", CellKind.Integer), new("bytes_to_responder", "bytes >", CellKind.Bytes), new("bytes_to_originator", "bytes <", CellKind.Bytes),
            new("packets", "packets", CellKind.Integer), new("first", "first", CellKind.Time), new("last", "last", CellKind.Time));
        foreach ((PairKey pair, PairUse use) in state.Pairs.Entries
            .OrderByDescending(p => p.Value[PairUse.BytesFromFirst] + p.Value[PairUse.BytesFromSecond]).ThenBy(p => p.Key).Take(table.Room))
        {
            bool isFirst = use[PairUse.OpenedByFirst] * 2 >= use[PairUse.Flows];
            (IpAddress from, IpAddress to) = isFirst ? (pair.From, pair.To) : (pair.To, pair.From);
            (long there, long back) = isFirst ? (use[PairUse.BytesFromFirst], use[PairUse.BytesFromSecond]) : (use[PairUse.BytesFromSecond], use[PairUse.BytesFromFirst]);
            table.Row(
                from, to, Cell.List(use.Spoken), use[PairUse.Flows], Cell.Bytes(there), Cell.Bytes(back), use[PairUse.Packets], use.First, use.Last);
        }

        table.Total = state.Pairs.Distinct;
    }

    private static void Classes(IReadOnlyList<KeyValuePair<AddressKey, HostUse>> hosts, Section section)
    {
        Table table = section.Table(
            "classes", "address classes", new("class", "class"), new("addresses", "addresses", CellKind.Integer), new("bytes_sent", "sent", CellKind.Bytes),
            new("bytes_received", "received", CellKind.Bytes));
        foreach (IGrouping<string, HostUse> group in hosts.GroupBy(h => ClassName(h.Key.Address), h => h.Value, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            table.Row(group.Key, group.LongCount(), Cell.Bytes(group.Sum(u => u[HostUse.BytesSent])), Cell.Bytes(group.Sum(u => u[HostUse.BytesReceived])));
        }
    }

    private static void Routers(IpsState state, LinkAddresses links, Section section)
    {
        if (links.Routers.Count == 0)
        {
            return;
        }

        ILookup<MacAddress, IpAddress> carried = state.Carried.Keys.ToLookup(k => k.First.Address, k => k.Second.Address);
        ILookup<MacAddress, IpAddress> claimed = state.Claimed.Keys.ToLookup(k => k.First.Address, k => k.Second.Address);
        Table table = section.Table(
            "routers", "routers", new("mac", "mac", CellKind.Address), new("vendor", "vendor"), new("own", "own addresses (ARP)", CellKind.Texts),
            new("carried", "addresses behind it", CellKind.Integer));
        foreach (MacAddress mac in links.Routers.OrderByDescending(m => carried[m].Count()).ThenBy(m => m).Take(table.Room))
        {
            table.Row(mac, MacVendors.Of(mac), Cell.List(claimed[mac].Order().Take(4).Select(a => a.ToString())), carried[mac].LongCount());
        }

        table.Total = links.Routers.Count;
    }

    private static string ClassName(IpAddress address) => address.Class switch
    {
        AddressClass.LinkLocal => "link-local",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static string SourceName(NameSource source) => source switch
    {
        NameSource.Dns => "dns",
        NameSource.Mdns => "mdns",
        NameSource.Llmnr => "llmnr",
        NameSource.Netbios => "netbios",
        NameSource.Dhcp => "dhcp",
        NameSource.TlsServerName => "tls server name",
        NameSource.HttpHost => "http host",
        NameSource.Certificate => "certificate",
        NameSource.CaptureFile => "capture file",
        NameSource.Ldap => "ldap",
        NameSource.Ntlm => "ntlm",
        _ => "unknown",
    };
}
