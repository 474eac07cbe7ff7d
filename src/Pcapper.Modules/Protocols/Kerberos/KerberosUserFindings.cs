using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>What first tickets show: guessed names and passwords, accounts without protection, stolen hashes, downgrades.</summary>
internal static class KerberosUserFindings
{
    /// <summary>A few passwords were tried with many users.</summary>
    public static readonly FindingType Spray = new("kerberos.password-spray", "Kerberos password spraying", Severity.High, "T1110.003")
    {
        Unless = "many people log in through this address (terminal server, proxy, address translation) and several mistyped",
    };

    /// <summary>Many passwords were tried with one user.</summary>
    public static readonly FindingType BruteForce = new("kerberos.brute-force", "Kerberos password guessing", Severity.Medium, "T1110.001")
    {
        Unless = "a service or a telephone keeps trying a password that was changed: the pauses are then regular, and it never succeeds",
    };

    /// <summary>Many names were tried.</summary>
    public static readonly FindingType Enumeration = new("kerberos.user-enumeration", "Kerberos user names guessed", Severity.Medium, "T1087.002", "T1589.001")
    {
        Unless = "a synchronization job has a list of accounts that were deleted",
    };

    /// <summary>Tickets were given to whoever asked.</summary>
    public static readonly FindingType AsRepRoasting = new("kerberos.asrep-roasting", "Ticket without pre-authentication (AS-REP roasting)", Severity.Medium, "T1558.004")
    {
        Unless = "the realm is not Windows and asks no account for pre-authentication (the default of MIT Kerberos)",
    };

    /// <summary>A client used only the NT hash.</summary>
    public static readonly FindingType OverpassTheHash = new("kerberos.overpass-the-hash", "Login with RC4 only in an AES realm (overpass-the-hash)", Severity.Medium, "T1550.002")
    {
        Unless = "an old system or library that knows no AES (Windows XP, Java or network storage set to RC4)",
    };

    /// <summary>A server answered in RC4 although client and realm know AES.</summary>
    public static readonly FindingType Downgrade = new("kerberos.downgrade", "KDC answers in RC4 although the client offers AES", Severity.Medium, "T1556.001", "T1558")
    {
        Suspect = Suspect.Neither,
        Unless = "the account has no AES keys, because its password is older than the realm's AES or it is set to RC4; a skeleton key on the domain controller looks the same, for every account",
    };

    /// <summary>A ticket was asked for without its list of groups.</summary>
    public static readonly FindingType WithoutPac = new("kerberos.ticket-without-pac", "Ticket asked for without PAC", Severity.Low, "T1068", "T1558")
    {
        Unless = "a client that is not Windows saves space; MS14-068 (forged groups) starts the same way",
    };

    // Ten names that do not exist are more than typing mistakes.
    private const int MinUnknown = 10;

    private const int ManyUnproven = 3;
    private const int MostNamed = 6;

    private static readonly GuessFindings s_guesses = new(BruteForce, Spray);

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } = [AsRepRoasting, BruteForce, Downgrade, OverpassTheHash, Spray, WithoutPac, Enumeration];

    public static void Raise(KerberosState state, Conclusions conclusions)
    {
        foreach (IGrouping<IpAddress, KeyValuePair<Key2<AddressKey, TextKey>, KerberosUser>> client in state.Users.Entries.GroupBy(u => u.Key.First.Address))
        {
            (string Name, KerberosUser User)[] users = [.. client.Select(u => (u.Key.Second.Text, u.Value))];
            RaiseGuesses(client.Key, users, conclusions);
            RaiseUnproven(client.Key, users, conclusions);
            RaiseOverpass(client.Key, users, state.AesClients.Contains(client.Key), conclusions);
            RaiseWithoutPac(client.Key, users, conclusions);
        }

        RaiseDowngrades(state, conclusions);
    }

    private static void RaiseGuesses(IpAddress client, (string Name, KerberosUser User)[] users, Conclusions conclusions)
    {
        IpAddress? server = Asked(users.Where(u => u.User.Tries.Refused.Total > 0));
        IReadOnlyList<Guess> guesses = s_guesses.Raise(
            users.Select(u => (u.Name, u.User.Tries)), client, server, string.Empty, Answers(client, server).And("kerberos.error_code in {6, 18, 24}"), conclusions, guess => Detail(guess, users));
        if (!guesses.Any(guess => guess.IsSpray) && users.Where(u => u.User.Unknown.Total > 0).ToArray() is { Length: >= MinUnknown } unknown)
        {
            conclusions.Add(MakeEnumeration(client, unknown, users));
        }
    }

    private static string Detail(Guess guess, (string Name, KerberosUser User)[] users)
    {
        (string Name, KerberosUser User)[] tried = [.. users.Where(u => guess.Accounts.Contains(u.Name, StringComparer.Ordinal))];
        int unknown = tried.Count(u => u.User.Unknown.Total > 0);
        int locked = tried.Count(u => u.User.Locked.Total > 0);
        return (unknown == 0 ? string.Empty : $", {Units.Count(unknown)} of which do not exist") + (locked == 0 ? string.Empty : $", {Units.Count(locked)} locked");
    }

    private static Finding MakeEnumeration(IpAddress client, (string Name, KerberosUser User)[] unknown, (string Name, KerberosUser User)[] users)
    {
        var frames = new FrameSample();
        var when = new Extent();
        foreach ((_, KerberosUser user) in unknown)
        {
            frames.Merge(user.Unknown);
            when.Merge(user.Tries.RefusedWhen);
        }

        IpAddress? server = Asked(unknown);
        string[] known = [.. users.Where(u => u.User.Unknown.Total == 0).Select(u => u.Name)];
        return new Finding
        {
            Type = Enumeration,
            Subject = Subject(client, server),
            Summary = $"{Units.Count(unknown.Length, "name")} asked for that do not exist, in {Units.Duration(when.Duration)}: {Named([.. unknown.Select(u => u.Name)])}"
                + (known.Length > 0 ? $"; {Units.Count(known.Length)} that do: {Named(known)}" : ""),
            Source = client,
            Destination = server,
            Count = frames.Total,
            Measures = [new("unknown", unknown.Length, MinUnknown)],
            DisplayFilter = Answers(client, server).And("kerberos.error_code == 6"),
        }.WithEvidence(frames).During(when);
    }

    private static void RaiseUnproven(IpAddress client, (string Name, KerberosUser User)[] users, Conclusions conclusions)
    {
        // Computers have random passwords, which nobody guesses.
        (string Name, KerberosUser User)[] open = [.. users.Where(u => u.User.Unproven.Total > 0 && !IsMachine(u.Name))];
        if (open.Length == 0)
        {
            return;
        }

        var frames = new FrameSample();
        var when = new Extent();
        foreach ((_, KerberosUser user) in open)
        {
            frames.Merge(user.Unproven);
            when.Merge(user.IssuedWhen);
        }

        IpAddress? server = Asked(open);
        bool isOld = open.Any(u => u.User.UnprovenRc4.Value > 0);
        conclusions.Add(new Finding
        {
            Type = AsRepRoasting,
            Subject = Subject(client, server),
            Summary = $"{Units.Count(frames.Total, "ticket")} issued without a proof of the password, for {Named([.. open.Select(u => u.Name)])}"
                + (isOld ? "; asked for in RC4 only, which is quickest to guess" : ""),
            Source = client,
            Destination = server,
            Raised = isOld || open.Length >= ManyUnproven ? Severity.High : null,
            Count = frames.Total,
            Measures = [new("users", open.Length, ManyUnproven)],
            DisplayFilter = Answers(client, server).And("kerberos.msg_type == 11"),
        }.WithEvidence(frames).During(when));
    }

    private static void RaiseOverpass(IpAddress client, (string Name, KerberosUser User)[] users, bool knowsAes, Conclusions conclusions)
    {
        foreach ((string name, KerberosUser user) in users)
        {
            if (user.Rc4Only.Total == 0)
            {
                continue;
            }

            IpAddress? server = Asked([(name, user)]);
            conclusions.Add(new Finding
            {
                Type = OverpassTheHash,
                Subject = $"{Subject(client, server)} {name}",
                Summary = $"{Units.Count(user.Rc4Only.Total, "login")} that offered RC4 only; the realm issues AES tickets"
                    + (knowsAes ? ", and the same host offers AES for other logins" : ""),
                Source = client,
                Destination = server,
                Raised = knowsAes ? Severity.High : null,
                Confidence = knowsAes ? 85 : 60,
                Count = user.Rc4Only.Total,
                DisplayFilter = (server is { } kdc ? Filter.Between(client, kdc) : Filter.Address(client)).And("kerberos.msg_type in {10, 11}"),
            }.WithEvidence(user.Rc4Only).During(user.IssuedWhen));
        }
    }

    private static void RaiseWithoutPac(IpAddress client, (string Name, KerberosUser User)[] users, Conclusions conclusions)
    {
        foreach ((string name, KerberosUser user) in users.Where(u => u.User.WithoutPac.Total > 0))
        {
            IpAddress? server = Asked([(name, user)]);
            conclusions.Add(new Finding
            {
                Type = WithoutPac,
                Subject = $"{Subject(client, server)} {name}",
                Summary = $"{Units.Count(user.WithoutPac.Total, "ticket")} issued that were asked to hold no PAC",
                Source = client,
                Destination = server,
                Count = user.WithoutPac.Total,
                DisplayFilter = (server is { } kdc ? Filter.Between(client, kdc) : Filter.Address(client)).And("kerberos.msg_type in {10, 11}"),
            }.WithEvidence(user.WithoutPac).During(user.IssuedWhen));
        }
    }

    private static void RaiseDowngrades(KerberosState state, Conclusions conclusions)
    {
        var downgraded = state.Users.Entries.Where(u => u.Value.Downgraded.Total > 0).SelectMany(u => u.Value.Servers.Keys.Select(server => (Server: server, User: u)));
        foreach (var server in downgraded.GroupBy(d => d.Server.Address).OrderBy(g => g.Key))
        {
            var frames = new FrameSample();
            var when = new Extent();
            var names = new SortedSet<string>(StringComparer.Ordinal);
            foreach ((_, KeyValuePair<Key2<AddressKey, TextKey>, KerberosUser> user) in server)
            {
                frames.Merge(user.Value.Downgraded);
                when.Merge(user.Value.IssuedWhen);
                names.Add(user.Key.Second.Text);
            }

            conclusions.Add(new Finding
            {
                Type = Downgrade,
                Subject = server.Key.ToString(),
                Summary = $"{Units.Count(frames.Total, "reply", "replies")} in RC4 with an AES ticket, to clients that offered AES, for {Named([.. names])}",
                Source = server.Key,
                Confidence = 60,
                Count = frames.Total,
                Measures = [new("users", names.Count)],
                DisplayFilter = Filter.From(server.Key).And("kerberos.msg_type == 11 && kerberos.etype == 23"),
            }.WithEvidence(frames).During(when));
        }
    }

    // Who was asked, if that was one.
    private static IpAddress? Asked(IEnumerable<(string Name, KerberosUser User)> users) => KerberosServer.Only(users.Select(u => u.User.Servers));

    private static string Subject(IpAddress client, IpAddress? server) => server is { } kdc ? new PairKey(client, kdc).ToString() : client.ToString();

    private static Filter Answers(IpAddress client, IpAddress? server) => server is { } kdc ? Filter.From(kdc).To(client) : Filter.All.To(client);

    private static bool IsMachine(string name) => name.Contains('$', StringComparison.Ordinal);

    private static string Named(string[] names) => string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? ", …" : "");
}
