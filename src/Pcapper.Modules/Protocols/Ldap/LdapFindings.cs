using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>What the LDAP module can find, and when it does.</summary>
public static class LdapFindings
{
    /// <summary>Searches for what attackers need.</summary>
    public static readonly FindingType Reconnaissance = new("ldap.reconnaissance", "Directory searched for weaknesses", Severity.Info, "T1087.002", "T1069.002", "T1482", "T1558.003")
    {
        Unless = "an administrator, an inventory or a security product asks the same: look who is logged in at the host, and what it does next",
    };

    /// <summary>Attributes that hold passwords were asked for.</summary>
    public static readonly FindingType PasswordAttributes = new("ldap.password-attributes", "Passwords read from the directory", Severity.Low, "T1552", "T1003")
    {
        Unless = "a mail or Unix server compares passwords this way, or an administrator looks up a local administrator's password",
    };

    /// <summary>A password can be read.</summary>
    public static readonly FindingType CleartextPassword = new("ldap.cleartext-password", "Password in cleartext LDAP", Severity.Medium, "T1040", "T1552")
    {
        IsPractice = true,
    };

    /// <summary>Many passwords were tried with one name.</summary>
    public static readonly FindingType BruteForce = new("ldap.brute-force", "LDAP password guessing", Severity.Medium, "T1110.001")
    {
        Unless = "a program keeps trying a password that was changed: it then never succeeds",
    };

    /// <summary>A few passwords were tried with many names.</summary>
    public static readonly FindingType Spray = new("ldap.password-spray", "LDAP password spraying", Severity.High, "T1110.003")
    {
        Unless = "a server logs many people in through the directory, and the directory or the server is wrongly configured so that most fail",
    };

    /// <summary>A large part of the directory was read.</summary>
    public static readonly FindingType MassEnumeration = new("ldap.mass-enumeration", "Large part of the directory read", Severity.Low, "T1087.002", "T1018")
    {
        Unless = "a synchronization or address book service reads everything by design",
    };

    /// <summary>An attribute was changed that gives power over accounts.</summary>
    public static readonly FindingType SensitiveChange = new("ldap.sensitive-change", "Sensitive directory attribute changed", Severity.Low, "T1098", "T1484")
    {
        Unless = "an administrator, or the system itself, maintains the account",
    };

    /// <summary>A domain controller was announced and withdrawn.</summary>
    public static readonly FindingType RogueController = new("ldap.rogue-domain-controller", "Domain controller registered in the directory (DCShadow)", Severity.Low, "T1207")
    {
        IsAgainst = true,
        Unless = "a server is being promoted to a domain controller, or demoted",
    };

    // One mark is what administrators' tools ask for; three different ones belong to a collector.
    private const int ManyMarks = 3;
    private const int FewMarks = 2;

    // A page of results has 1,000 entries (MS-ADTS, 3.1.1.3.4.6, MaxPageSize): whoever reads more walks on.
    private const int MinEntries = 1001;
    private const long ShortLife = 10 * 60 * Timestamp.PerSecond;
    private const int MostNamed = 4;

    private const string Bind = "0";
    private const string Search = "3";
    private const string Modify = "6";
    private const string Add = "8";
    private const string Delete = "10";

    private static readonly LdapMark[] s_severeMarks = [LdapMark.EveryAccount, LdapMark.NoPreAuthentication];

    private static readonly Dictionary<string, Severity> s_sensitive = new(StringComparer.Ordinal)
    {
        ["msds-allowedtoactonbehalfofotheridentity"] = Severity.High,
        ["sidhistory"] = Severity.High,
        ["msds-keycredentiallink"] = Severity.Medium,
        ["msds-allowedtodelegateto"] = Severity.Medium,
        ["ntsecuritydescriptor"] = Severity.Medium,
        ["altsecurityidentities"] = Severity.Medium,
        ["serviceprincipalname"] = Severity.Low,
        ["useraccountcontrol"] = Severity.Low,
        ["scriptpath"] = Severity.Low,
        ["unicodepwd"] = Severity.Info,
        ["member"] = Severity.Info,
    };

    // What only a managed password, or the local administrator's, is good for.
    private static readonly string[] s_readablePasswords = ["ms-mcs-admpwd", "mslaps-password", "mslaps-encryptedpassword", "msds-managedpassword"];

    private static readonly GuessFindings s_guesses = new(BruteForce, Spray);

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } =
        [BruteForce, CleartextPassword, LdapJavaFindings.JavaObject, MassEnumeration, PasswordAttributes, Spray, Reconnaissance, RogueController, SensitiveChange];

    /// <summary>Tells whether a change of an attribute is worth a finding.</summary>
    public static bool IsSensitive(string attribute) => s_sensitive.ContainsKey(attribute.ToLowerInvariant());

    internal static void Raise(LdapState state, Conclusions conclusions)
    {
        foreach (IGrouping<PairKey, KeyValuePair<Key2<PairKey, NumberKey>, LdapMarkFacts>> pair in state.Marks.Entries.GroupBy(m => m.Key.First))
        {
            conclusions.Add(MakeReconnaissance(pair.Key, [.. pair]));
        }

        foreach ((Key2<PairKey, TextKey> key, LdapMarkFacts facts) in state.Passwords.Entries.Where(p => p.Value.Entries.Value > 0))
        {
            conclusions.Add(MakePasswordAttributes(key, facts));
        }

        foreach (IGrouping<PairKey, KeyValuePair<Key3<PairKey, TextKey, TextKey>, LdapBind>> pair in state.Binds.Entries.GroupBy(b => b.Key.First))
        {
            RaiseBinds(pair.Key, [.. pair], conclusions);
        }

        foreach ((PairKey pair, LdapClient client) in state.Clients.Entries.Where(c => c.Value.Entries.Value >= MinEntries))
        {
            conclusions.Add(MakeMassEnumeration(pair, client));
        }

        foreach ((Key3<PairKey, NumberKey, TextKey> key, LdapChange change) in state.Changes.Entries)
        {
            if ((LdapOperationKind)key.Second.Value == LdapOperationKind.Modify && change.Succeeded.Value > 0 && s_sensitive.TryGetValue(key.Third.Text, out Severity severity))
            {
                conclusions.Add(MakeChange(key, change, severity));
            }
        }

        foreach ((Key2<PairKey, TextKey> key, LdapServerObject server) in state.ServerObjects.Entries.Where(s => s.Value.Added.Total > 0))
        {
            conclusions.Add(MakeRogueController(key, server));
        }
    }

    // Numbers of requests (RFC 4511, 4.2 to 4.8). What is carried in pieces, or on a port that Wireshark does not know, is selected by its frames.
    private static Filter Requests(PairKey pair, FrameSample frames, string operation)
        => Filter.Any(Filter.From(pair.From).To(pair.To).And($"ldap.protocolOp == {operation}"), Filter.Frames(frames));

    private static string Named(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? ", …" : "");

    private static Finding MakeReconnaissance(PairKey pair, KeyValuePair<Key2<PairKey, NumberKey>, LdapMarkFacts>[] found)
    {
        var frames = new FrameSample();
        var when = new Extent();
        foreach ((_, LdapMarkFacts facts) in found)
        {
            frames.Merge(facts.Frames);
            when.Merge(facts.When);
        }

        LdapMark[] marks = [.. found.Select(f => (LdapMark)f.Key.Second.Value)];
        bool isSevere = marks.Length >= ManyMarks || marks.Any(s_severeMarks.Contains);
        return new Finding
        {
            Type = Reconnaissance,
            Subject = pair.ToString(),
            Summary = $"{Units.Count(frames.Total, "search", "searches")} for {string.Join(", ", found.Select(f => $"{LdapMarks.Describe((LdapMark)f.Key.Second.Value)}: {Units.Count(f.Value.Entries.Value, "entry", "entries")}"))}",
            Source = pair.From,
            Destination = pair.To,
            Raised = isSevere ? Severity.Medium : marks.Length >= FewMarks ? Severity.Low : null,
            Confidence = isSevere ? 80 : 50,
            Count = frames.Total,
            Measures = [new("kinds", marks.Length, ManyMarks), new("entries", found.Sum(f => f.Value.Entries.Value))],
            DisplayFilter = Requests(pair, frames, Search),
        }.WithEvidence(frames).During(when);
    }

    private static Finding MakePasswordAttributes(Key2<PairKey, TextKey> key, LdapMarkFacts facts) => new Finding
    {
        Type = PasswordAttributes,
        Subject = $"{key.First} {key.Second}",
        Summary = $"{Units.Count(facts.Frames.Total, "search", "searches")} asked for {key.Second}, {Units.Count(facts.Entries.Value, "entry", "entries")} came back: {Named(facts.Filters.Values)}",
        Source = key.First.From,
        Destination = key.First.To,
        Raised = s_readablePasswords.Contains(key.Second.Text, StringComparer.Ordinal) ? Severity.Medium : null,
        Count = facts.Frames.Total,
        Measures = [new("entries", facts.Entries.Value, 1)],
        DisplayFilter = Requests(key.First, facts.Frames, Search),
    }.WithEvidence(facts.Frames).During(facts.When);

    private static void RaiseBinds(PairKey pair, KeyValuePair<Key3<PairKey, TextKey, TextKey>, LdapBind>[] binds, Conclusions conclusions)
    {
        foreach ((Key3<PairKey, TextKey, TextKey> key, LdapBind bind) in binds.Where(b => b.Value.Passwords.Total > 0))
        {
            conclusions.Add(new Finding
            {
                Type = CleartextPassword,
                Subject = $"{pair} {key.Third}",
                Summary = $"{Units.Count(bind.Passwords.Total, "bind")} as {key.Third} with a readable password, {Units.Count(bind.Tries.Accepted.Value)} accepted",
                Source = pair.From,
                Destination = pair.To,
                Confidence = 95,
                Count = bind.Passwords.Total,
                DisplayFilter = Requests(pair, bind.Passwords, Bind),
            }.WithEvidence(bind.Passwords));
        }

        // What SASL carries names nobody here: its mechanisms are judged where they are read.
        s_guesses.Raise(
            binds.Where(b => b.Key.Second.Text == "simple" && b.Key.Third.Text.Length > 0).Select(b => (b.Key.Third.Text, b.Value.Tries)), pair.From, pair.To, string.Empty,
            Filter.Between(pair.From, pair.To).And("ldap.resultCode == 49"), conclusions);
    }

    private static Finding MakeMassEnumeration(PairKey pair, LdapClient client) => new Finding
    {
        Type = MassEnumeration,
        Subject = pair.ToString(),
        Summary = $"{Units.Count(client.Entries.Value, "entry", "entries")}, {Units.Bytes(client.Bytes.Value)}, by {Units.Count(client.Searches.Total, "search", "searches")} with {Units.Count(client.Filters.Distinct, "filter")}",
        Source = pair.From,
        Destination = pair.To,
        Count = client.Searches.Total,
        Measures = [new("entries", client.Entries.Value, MinEntries)],
        DisplayFilter = Requests(pair, client.Searches, Search),
    }.WithEvidence(client.Searches).During(client.When);

    private static Finding MakeChange(Key3<PairKey, NumberKey, TextKey> key, LdapChange change, Severity severity) => new Finding
    {
        Type = SensitiveChange,
        Subject = $"{key.First} {key.Third}",
        Summary = $"{key.Third} changed {Units.Count(change.Succeeded.Value, "time")}: {Named(change.Objects.Values)}",
        Source = key.First.From,
        Destination = key.First.To,
        Raised = severity,
        Count = change.Succeeded.Value,
        DisplayFilter = Requests(key.First, change.Frames, Modify),
    }.WithEvidence(change.Frames).During(change.When);

    private static Finding MakeRogueController(Key2<PairKey, TextKey> key, LdapServerObject server)
    {
        var frames = new FrameSample();
        frames.Merge(server.Added);
        frames.Merge(server.Deleted);
        bool isShort = server.Deleted.Total > 0 && server.When.Duration <= ShortLife;
        return new Finding
        {
            Type = RogueController,
            Subject = $"{key.First} {key.Second}",
            Summary = isShort
                ? $"{key.Second} was added and deleted again within {Units.Duration(server.When.Duration)}"
                : $"{key.Second} was added",
            Source = key.First.From,
            Destination = key.First.To,
            Raised = isShort ? Severity.High : null,
            Confidence = isShort ? 90 : 50,
            Count = frames.Total,
            DisplayFilter = Filter.Any(Requests(key.First, server.Added, Add), Requests(key.First, server.Deleted, Delete)),
        }.WithEvidence(frames).During(server.When);
    }
}
