using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Answers that are hostile, forged, or from the wrong server.</summary>
internal static class DnsAnswerFindings
{
    /// <summary>A name has many short-lived addresses all over the Internet.</summary>
    public static readonly FindingType FastFlux = new("dns.fast-flux", "Fast flux", Severity.Medium, "T1568.001")
    {
        Suspect = Suspect.Neither,
        Unless = "a content network or a volunteer pool that is not in the list of known ones: look who owns the addresses",
    };

    /// <summary>A public name suddenly means an inside address.</summary>
    public static readonly FindingType Rebinding = new("dns.rebinding", "DNS rebinding", Severity.Medium, "T1090", "T1189")
    {
        Suspect = Suspect.Neither,
        Unless = "the name has an inside and an outside address by design (split horizon) and the same resolver gave both",
    };

    /// <summary>Two servers answered one query.</summary>
    public static readonly FindingType Forged = new("dns.forged-answer", "Two different answers to one query", Severity.High, "T1557", "T1584.002")
    {
        Suspect = Suspect.Neither,
        Unless = "a censoring network or a transparent proxy answers faster than the server",
    };

    /// <summary>A host asks an outside resolver although there is an inside one.</summary>
    public static readonly FindingType OutsideResolver = new("dns.outside-resolver", "Outside resolver used", Severity.Info, "T1071.004")
    {
        Unless = "the site lets hosts choose their resolver",
    };

    private const int FluxAddresses = 10;
    private const int FluxNetworks = 5;
    private const int FluxTtl = 300;
    private const int RebindingTtl = 300;
    private const int MinimumInside = 10;
    private const int MinimumOutside = 3;
    private const int MostNamed = 4;

    public static void Conclude(DnsState state, Conclusions conclusions)
    {
        foreach (IGrouping<string, KeyValuePair<Key2<TextKey, AddressKey>, DnsAnswer>> name in state.Answers.Entries.GroupBy(a => a.Key.First.Text, StringComparer.Ordinal))
        {
            List<KeyValuePair<Key2<TextKey, AddressKey>, DnsAnswer>> answers = [.. name];
            if (answers.Count > 1)
            {
                ConcludeFlux(name.Key, answers, conclusions);
                ConcludeRebinding(name.Key, answers, conclusions);
            }
        }

        foreach ((Key2<PairKey, TextKey> key, FrameSample frames) in state.Contradictions.Entries)
        {
            ConcludeForged(key, frames, conclusions);
        }

        ConcludeResolvers(state, conclusions);
    }

    private static void ConcludeFlux(string name, List<KeyValuePair<Key2<TextKey, AddressKey>, DnsAnswer>> answers, Conclusions conclusions)
    {
        // A content network is reached by an alias of another domain; flux networks own the name that has the addresses.
        answers = [.. answers.Where(a => a.Key.Second.Address is { IsIPv4: true, Class: AddressClass.Public } && a.Value.Aliased.Value == 0)];
        string domain = DnsDomains.Of(name);
        int networks = answers.Select(a => a.Key.Second.Address.IPv4 >> 16).Distinct().Count();
        if (answers.Count < FluxAddresses || networks < FluxNetworks || DnsDomains.IsNetwork(domain) || answers.Exists(a => a.Value.LongestTtl.Value > FluxTtl))
        {
            return;
        }

        (FrameSample frames, Extent extent) = Join(answers);
        var finding = new Finding
        {
            Type = FastFlux,
            Subject = name,
            Summary = $"{answers.Count} addresses in {networks} networks (/16), none valid longer than {answers.Max(a => a.Value.LongestTtl.Value)} s: "
                + string.Join(", ", answers.Take(MostNamed).Select(a => a.Key.Second.Address.ToString())),
            Confidence = 70,
            Count = frames.Total,
            Measures = [new("addresses", answers.Count, FluxAddresses), new("networks", networks, FluxNetworks), new("ttl", answers.Max(a => a.Value.LongestTtl.Value), FluxTtl, "s")],
            DisplayFilter = Answered(name),
        }.WithEvidence(frames).During(extent);
        conclusions.Add(finding);
        conclusions.Add(new Indicator(IndicatorKind.Domain, name, "fast flux", extent.FirstFrame) { Finding = finding });
    }

    private static void ConcludeRebinding(string name, List<KeyValuePair<Key2<TextKey, AddressKey>, DnsAnswer>> answers, Conclusions conclusions)
    {
        List<KeyValuePair<Key2<TextKey, AddressKey>, DnsAnswer>> outside = [.. answers.Where(a => a.Key.Second.Address.Class == AddressClass.Public && a.Value.LongestTtl.Value <= RebindingTtl)];
        List<KeyValuePair<Key2<TextKey, AddressKey>, DnsAnswer>> inside = [.. answers.Where(a => a.Key.Second.Address.IsInternal)];
        if (outside.Count == 0 || inside.Count == 0 || name.EndsWith(".local", StringComparison.Ordinal))
        {
            return;
        }

        // The attack needs one client that got the outside address first, then the inside one, by the same resolver.
        bool isTurn = inside.Exists(i => outside.Exists(o =>
            o.Value.Extent.First.CompareTo(i.Value.Extent.Last) <= 0
            && o.Value.Clients.Keys.Any(i.Value.Clients.Contains) && o.Value.Servers.Keys.Any(i.Value.Servers.Contains)));
        if (!isTurn)
        {
            return;
        }

        (FrameSample frames, Extent extent) = Join(inside);
        conclusions.Add(new Finding
        {
            Type = Rebinding,
            Subject = name,
            Summary = $"was {outside[0].Key.Second.Address} (valid {outside[0].Value.LongestTtl.Value} s), then {inside[0].Key.Second.Address} for the same client: a page from the first may now reach the second",
            Source = inside[0].Value.Clients.Keys[0].Address,
            Destination = inside[0].Key.Second.Address,
            Confidence = 60,
            Count = frames.Total,
            Measures = [new("ttl", outside[0].Value.LongestTtl.Value, RebindingTtl, "s"), new("inside_addresses", inside.Count)],
            DisplayFilter = Answered(name),
        }.WithEvidence(frames).During(extent));
    }

    private static void ConcludeForged(Key2<PairKey, TextKey> key, FrameSample frames, Conclusions conclusions)
        => conclusions.Add(new Finding
        {
            Type = Forged,
            Subject = $"{key.First} {key.Second.Text}",
            Summary = $"{Units.Count(frames.Total, "response")} to a query that had been answered with other addresses; the query was sent once",
            Source = key.First.To,
            Destination = key.First.From,
            Port = 53,
            Confidence = 80,
            Count = frames.Total,
            Measures = [new("contradictions", frames.Total, 1)],
            DisplayFilter = Filter.Between(key.First.From, key.First.To).And("dns.flags.response == 1").Text("lower(dns.qry.name)", key.Second.Text.ToLowerInvariant()),
        }.WithEvidence(frames));

    private static void ConcludeResolvers(DnsState state, Conclusions conclusions)
    {
        List<KeyValuePair<PairKey, DnsPair>> pairs = [.. state.Pairs.Entries];
        HashSet<IpAddress> servers = [.. pairs.Where(p => p.Value.Answered.Value > 0).Select(p => p.Key.To)];
        long insideAnswers = pairs.Where(p => p.Key.To.IsInternal).Sum(p => p.Value.Answered.Value);
        if (insideAnswers < MinimumInside)
        {
            return;
        }

        // Servers that answer others ask outside by their task.
        foreach (IGrouping<IpAddress, KeyValuePair<PairKey, DnsPair>> server in pairs
            .Where(p => p.Key.To.Class == AddressClass.Public && p.Key.From.IsInternal && !servers.Contains(p.Key.From) && p.Value.Answered.Value >= MinimumOutside)
            .GroupBy(p => p.Key.To))
        {
            List<KeyValuePair<PairKey, DnsPair>> clients = [.. server.OrderByDescending(p => p.Value.Frames.Total).ThenBy(p => p.Key)];
            var frames = new FrameSample();
            var extent = new Extent();
            clients.ForEach(p => frames.Merge(p.Value.Frames));
            clients.ForEach(p => extent.Merge(p.Value.Extent));
            conclusions.Add(new Finding
            {
                Type = OutsideResolver,
                Subject = server.Key.ToString(),
                Summary = $"{Units.Count(clients.Count, "host")} asked it {Units.Count(frames.Total, "time")} although inside resolvers answered {Units.Count(insideAnswers, "query", "queries")}: "
                    + string.Join(", ", clients.Take(MostNamed).Select(p => p.Key.From.ToString())) + (clients.Count > MostNamed ? ", …" : ""),
                Source = clients.Count == 1 ? clients[0].Key.From : null,
                Destination = server.Key,
                Port = 53,
                Confidence = 90,
                Count = frames.Total,
                Measures = [new("queries", frames.Total, MinimumOutside), new("inside_answers", insideAnswers, MinimumInside)],
                DisplayFilter = Filter.All.To(server.Key).And("dns"),
            }.WithEvidence(frames).During(extent));
        }
    }

    private static Filter Answered(string name) => Filter.Where("dns.flags.response == 1").Text("lower(dns.qry.name)", name);

    private static (FrameSample Frames, Extent Extent) Join(List<KeyValuePair<Key2<TextKey, AddressKey>, DnsAnswer>> answers)
    {
        var frames = new FrameSample();
        var extent = new Extent();
        answers.ForEach(a => frames.Merge(a.Value.Frames));
        answers.ForEach(a => extent.Merge(a.Value.Extent));
        return (frames, extent);
    }
}
