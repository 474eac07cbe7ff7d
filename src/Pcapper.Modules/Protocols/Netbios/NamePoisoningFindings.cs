using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ntlm;
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

    public static void Conclude(NamePoisoning state, NtlmState logins, Conclusions conclusions)
    {
        int before = conclusions.Findings.Count;
        var reported = new HashSet<IpAddress>();
        foreach (IGrouping<IpAddress, KeyValuePair<PairKey, NameAnswers>> responder in state.Answers.Entries.GroupBy(a => a.Key.From))
        {
            ConcludeResponder(state, logins, responder.Key, [.. responder], reported, conclusions);
        }

        foreach (IGrouping<string, KeyValuePair<Key2<TextKey, AddressKey>, NameOwner>> name in state.Owners.Entries.GroupBy(o => o.Key.First.Text, StringComparer.Ordinal))
        {
            ConcludeConflict(name.Key, [.. name.Where(o => !reported.Contains(o.Key.Second.Address))], conclusions);
        }

        conclusions.Add(new Signal("name poisoning", conclusions.Findings.Skip(before).Count(f => f.Type != Conflict), "--netbios"));
    }

    private static void ConcludeResponder(
        NamePoisoning state, NtlmState logins, IpAddress responder, List<KeyValuePair<PairKey, NameAnswers>> answers, HashSet<IpAddress> reported, Conclusions conclusions)
    {
        IReadOnlyList<string> own = state.OwnNames.Find(responder)?.Values ?? [];
        var names = new SortedDictionary<string, FrameSample>(StringComparer.Ordinal);
        var victims = new SortedSet<IpAddress>();
        var extent = new Extent();
        ulong kinds = 0;
        List<KeyValuePair<PairKey, NameAnswers>> wrong = [];
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
            wrong.Add(new(pair, given));
        }

        // Hosts with aliases are known to mDNS alone; there is no such custom in the others.
        bool isMdnsOnly = kinds == 1ul << (int)NameAnswerKind.Mdns;
        IReadOnlyList<PoisonedLogin> victimLogins = PoisonedLogin.After(logins, wrong);
        bool isStranger = !isMdnsOnly && !names.Keys.All(s_proxyNames.Contains) && victimLogins.Any(login => PoisonedLogin.HasName(logins, login.Server) && !names.Keys.Any(name => PoisonedLogin.IsOwnName(logins, login.Server, name)));
        bool isPoisoner = names.Count >= PoisonedNames || isStranger;
        List<string> proxies = [.. names.Keys.Where(s_proxyNames.Contains)];
        if (!isPoisoner && proxies.Count == 0)
        {
            return;
        }

        reported.Add(responder);
        var evidence = new FrameSample();
        List<string> cited = isPoisoner ? [.. names.Keys] : proxies;
        foreach (string name in cited)
        {
            evidence.Merge(names[name]);
        }

        var finding = new Finding
        {
            Type = isPoisoner ? Poisoning : Proxy,
            Raised = isPoisoner && isMdnsOnly ? Severity.Medium : null,
            Subject = responder.ToString(),
            Summary = $"answered for {Units.Count(cited.Count, "name")} not its own ({Protocols(kinds)}) to {Units.Count(victims.Count, "host")}: {string.Join(", ", cited.Take(MostNamed))}{(cited.Count > MostNamed ? ", …" : "")}",
            Source = responder,
            Destination = victims.Count == 1 ? victims.Min : null,
            Confidence = isMdnsOnly ? 50 : isPoisoner ? 85 : 70,
            Count = evidence.Total,
            Measures = [new("names", names.Count, isPoisoner && !isStranger ? PoisonedNames : null), new("victims", victims.Count)],
            DisplayFilter = Filter.From(responder).And("((nbns && nbns.flags.response == 1) || dns.flags.response == 1)"),
        }.WithEvidence(evidence).During(extent);
        conclusions.Add(victimLogins.Count > 0 ? WithLogins(finding, victimLogins, isCertain: names.Count >= PoisonedNames && !isMdnsOnly) : finding with
        {
            Summary = $"{finding.Summary}; look for logons of {string.Join(", ", victims.Take(MostNamed))}{(victims.Count > MostNamed ? ", …" : "")} to it",
        });
    }

    // Who was lured logged in: what the poisoner was after.
    private static Finding WithLogins(Finding finding, IReadOnlyList<PoisonedLogin> logins, bool isCertain)
    {
        IEnumerable<string> told = logins.Take(MostNamed).Select(login =>
            $"{login.Account} from {login.Client} over {login.Carriers} in frame {login.Login.Frame}, {Units.Duration(login.Login.Time - login.Answer.Time)} after the answer in frame {login.Answer.Frame}");
        FrameRef[] cited = [.. logins.Take(MostNamed).SelectMany(login => (FrameRef[])[login.Answer.Frame, login.Login.Frame]).Distinct()];
        FrameRef[] others = [.. finding.Evidence.Except(cited).Take(Math.Max(0, finding.Evidence.Count - cited.Length))];
        return finding with
        {
            Raised = isCertain ? Severity.Critical : Severity.High,
            Summary = $"{finding.Summary}; then logged in to it with NTLM: {string.Join("; ", told)}{(logins.Count > MostNamed ? "; …" : "")}",
            Confidence = isCertain ? 95 : 70,
            Measures = [.. finding.Measures, new("logins", logins.Count)],
            Evidence = [.. cited.Concat(others).Order()],
            EvidenceTotal = finding.EvidenceTotal + logins.Count,
            Last = finding.Last is { } last && last.CompareTo(logins[^1].Login.Time) > 0 ? last : logins[^1].Login.Time,
            DisplayFilter = Filter.Any([Filter.Where(finding.DisplayFilter), .. logins.Take(MostNamed).Select(login => Filter.Between(login.Client, login.Server).And("ntlmssp.messagetype == 3"))]),
        };
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
