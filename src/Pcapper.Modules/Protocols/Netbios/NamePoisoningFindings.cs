using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>Hosts that answer for names which are not theirs.</summary>
internal static class NamePoisoningFindings
{
    /// <summary>One host answers for many others' names.</summary>
    public static readonly FindingType Poisoning = new("netbios.name-poisoning", "Name poisoning on the local link", Severity.High, "T1557.001")
    {
        Unless = "a server that is known under several names by design, or a security product that lures attackers by answering (a honeypot's names are made up, a poisoner answers what users mistype)",
    };

    /// <summary>A host answers for the name by which others look for a proxy.</summary>
    public static readonly FindingType Proxy = new("netbios.proxy-name", "Host answers for WPAD or ISATAP", Severity.Medium, "T1557.001")
    {
        Unless = "the host is the site's proxy and is meant to be found by this name",
    };

    /// <summary>Two hosts have one name.</summary>
    public static readonly FindingType Conflict = new("netbios.name-conflict", "Two hosts answer for one name", Severity.Low, "T1557.001")
    {
        Unless = "one host with two addresses, a cluster that moved, or a copied installation that kept its name",
    };

    // A host has a name, perhaps an alias; a poisoner answers for whatever is asked.
    private const int PoisonedNames = 3;
    private const int MostNamed = 5;

    // Between a host's new lease and the last answer under the old one lies more than this.
    private const long Together = 60 * Timestamp.PerSecond;

    private static readonly HashSet<string> s_proxyNames = new(StringComparer.Ordinal) { "WPAD", "ISATAP" };

    public static void Conclude(NamePoisoning state, Conclusions conclusions)
    {
        int before = conclusions.Findings.Count;
        var reported = new HashSet<IpAddress>();
        foreach (IGrouping<IpAddress, KeyValuePair<PairKey, NameAnswers>> responder in state.Answers.Entries.GroupBy(a => a.Key.From))
        {
            ConcludeResponder(state, responder.Key, [.. responder], reported, conclusions);
        }

        foreach (IGrouping<string, KeyValuePair<Key2<TextKey, AddressKey>, NameOwner>> name in state.Owners.Entries.GroupBy(o => o.Key.First.Text, StringComparer.Ordinal))
        {
            ConcludeConflict(name.Key, [.. name.Where(o => !reported.Contains(o.Key.Second.Address))], conclusions);
        }

        conclusions.Add(new Signal("name poisoning", conclusions.Findings.Skip(before).Count(f => f.Type != Conflict), "--netbios"));
    }

    private static void ConcludeResponder(
        NamePoisoning state, IpAddress responder, List<KeyValuePair<PairKey, NameAnswers>> answers, HashSet<IpAddress> reported, Conclusions conclusions)
    {
        IReadOnlyList<string> own = state.OwnNames.Find(responder)?.Values ?? [];
        var names = new SortedDictionary<string, FrameSample>(StringComparer.Ordinal);
        var victims = new SortedSet<IpAddress>();
        var extent = new Extent();
        ulong kinds = 0;
        foreach ((PairKey pair, NameAnswers given) in answers)
        {
            bool isMdns = !pair.To.IsHost;
            List<KeyValuePair<TextKey, FrameSample>> foreign = [.. given.Names.Entries.Where(n =>
                n.Key.Text.Length > 0 && !own.Contains(n.Key.Text, StringComparer.Ordinal) && (!isMdns || AskedByOthers(state, n.Key, responder)))];
            if (foreign.Count == 0)
            {
                continue;
            }

            foreach ((TextKey name, FrameSample frames) in foreign)
            {
                if (!names.TryGetValue(name.Text, out FrameSample? all))
                {
                    names.Add(name.Text, all = new FrameSample());
                }

                all.Merge(frames);
                victims.UnionWith(isMdns ? state.Asked.Find(name)?.Keys.Select(k => k.Address).Where(a => a != responder) ?? [] : [pair.To]);
            }

            extent.Merge(given.Extent);
            kinds |= given.Kinds.Value;
        }

        bool isPoisoner = names.Count >= PoisonedNames;
        List<string> proxies = [.. names.Keys.Where(s_proxyNames.Contains)];
        if (!isPoisoner && proxies.Count == 0)
        {
            return;
        }

        reported.Add(responder);
        var evidence = new FrameSample();
        IEnumerable<string> cited = isPoisoner ? names.Keys : proxies;
        foreach (string name in cited)
        {
            evidence.Merge(names[name]);
        }

        // Hosts with aliases are known to mDNS alone; there is no such custom in the others.
        bool isMdnsOnly = kinds == 1ul << (int)NameAnswerKind.Mdns;
        string protocols = Protocols(kinds);
        conclusions.Add(new Finding
        {
            Type = isPoisoner ? Poisoning : Proxy,
            Raised = isPoisoner && isMdnsOnly ? Severity.Medium : null,
            Subject = responder.ToString(),
            Summary = $"answered for {Units.Count(cited.Count(), "name")} not its own ({protocols}) to {Units.Count(victims.Count, "host")}: {string.Join(", ", cited.Take(MostNamed))}{(cited.Count() > MostNamed ? ", …" : "")}; "
                + $"look for logons of {string.Join(", ", victims.Take(MostNamed))}{(victims.Count > MostNamed ? ", …" : "")} to it",
            Source = responder,
            Destination = victims.Count == 1 ? victims.Min : null,
            Confidence = isMdnsOnly ? 50 : isPoisoner ? 85 : 70,
            Count = evidence.Total,
            Measures = [new("names", names.Count, isPoisoner ? PoisonedNames : null), new("victims", victims.Count)],
            DisplayFilter = Filter.From(responder).And("((nbns && nbns.flags.response == 1) || dns.flags.response == 1)"),
        }.WithEvidence(evidence).During(extent));
    }

    private static bool AskedByOthers(NamePoisoning state, TextKey name, IpAddress responder)
        => state.Asked.Find(name)?.Keys.Any(k => k.Address != responder) ?? false;

    private static string Protocols(ulong kinds)
    {
        string[] names = ["NBNS", "LLMNR", "mDNS"];
        return string.Join(", ", names.Where((_, i) => (kinds >> i & 1) != 0));
    }

    private static void ConcludeConflict(string name, List<KeyValuePair<Key2<TextKey, AddressKey>, NameOwner>> owners, Conclusions conclusions)
    {
        for (int i = 0; i + 1 < owners.Count; i++)
        {
            KeyValuePair<Key2<TextKey, AddressKey>, NameOwner> one = owners[i];
            KeyValuePair<Key2<TextKey, AddressKey>, NameOwner> other = owners[i + 1];
            bool isSameFamily = one.Key.Second.Address.IsIPv4 == other.Key.Second.Address.IsIPv4;
            if (!isSameFamily || one.Value.Extent.First - other.Value.Extent.Last > Together || other.Value.Extent.First - one.Value.Extent.Last > Together)
            {
                continue;
            }

            var frames = new FrameSample();
            var extent = new Extent();
            frames.Merge(one.Value.Frames);
            frames.Merge(other.Value.Frames);
            extent.Merge(one.Value.Extent);
            extent.Merge(other.Value.Extent);
            conclusions.Add(new Finding
            {
                Type = Conflict,
                Subject = $"{name} {one.Key.Second} {other.Key.Second}",
                Summary = $"both {one.Key.Second} and {other.Key.Second} say within {Units.Duration(Together)} that {name} is theirs",
                Source = one.Key.Second.Address,
                Destination = other.Key.Second.Address,
                Confidence = 60,
                Count = frames.Total,
                Measures = [new("owners", owners.Count, 2)],
                DisplayFilter = Filter.Any(Filter.From(one.Key.Second.Address), Filter.From(other.Key.Second.Address)).And("(nbns || dns)"),
            }.WithEvidence(frames).During(extent));
            return;
        }
    }
}
