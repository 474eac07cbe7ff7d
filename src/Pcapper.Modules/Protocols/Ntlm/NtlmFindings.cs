using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>What the NTLM module can find, and when it does.</summary>
public static class NtlmFindings
{
    /// <summary>A response that can be turned into the password hash.</summary>
    public static readonly FindingType WeakResponse = new("ntlm.weak-response", "LM or NTLMv1 login", Severity.Medium, "T1557.001", "T1110.002")
    {
        IsPractice = true,
        Unless = "an old device that cannot do better; whoever sees the response can compute the password hash all the same",
    };

    /// <summary>A server let a client in without a name.</summary>
    public static readonly FindingType Anonymous = new("ntlm.anonymous", "Anonymous NTLM login accepted", Severity.Info, "T1078.001")
    {
        Unless = "Windows opens such sessions by itself for printers and name services; look what was read in them",
    };

    /// <summary>A response without the MIC that the challenge asks for.</summary>
    public static readonly FindingType NoMic = new("ntlm.no-mic", "NTLM login without MIC", Severity.Low, "T1557.001")
    {
        Unless = "the client is no Windows: some libraries never send one",
    };

    /// <summary>A client meant another server.</summary>
    public static readonly FindingType OtherTarget = new("ntlm.other-target", "NTLM login meant for another server", Severity.Low, "T1557.001")
    {
        Unless = "the server is known by an alias (CNAME, cluster or load balancer name)",
    };

    /// <summary>A login leaves the network.</summary>
    public static readonly FindingType External = new("ntlm.external", "NTLM login to a public address", Severity.Medium, "T1187")
    {
        Suspect = Suspect.Destination,
        Unless = "the organization's own server on the Internet (mail, web)",
    };

    /// <summary>A computer account logged in by NTLM.</summary>
    public static readonly FindingType MachineAccount = new("ntlm.machine-account", "Computer account logs in with NTLM", Severity.Medium, "T1187", "T1557.001")
    {
        Suspect = Suspect.Neither,
        Unless = "the computer reaches the server by its address or over a trust without Kerberos",
    };

    /// <summary>The same response from one host to another, and on to a third.</summary>
    public static readonly FindingType Relay = new("ntlm.relay", "NTLM login relayed", Severity.High, "T1557.001", "T1550.002")
    {
        Unless = "the host between the two is a proxy or load balancer that passes logins on",
    };

    /// <summary>A challenge that everybody gets.</summary>
    public static readonly FindingType FixedChallenge = new("ntlm.fixed-challenge", "Server repeats its NTLM challenge", Severity.Medium, "T1557.001", "T1187")
    {
        Unless = "the same connections were captured twice",
    };

    /// <summary>A challenge that only programs which collect logins send.</summary>
    public static readonly FindingType LoginCollector = new("ntlm.login-collector", "Login to a program that collects logins", Severity.High, "T1557.001", "T1187")
    {
        Unless = "a test of your own: the challenge is that of Responder and Metasploit, no operating system sends it",
    };

    /// <summary>Many refused logins for an account.</summary>
    public static readonly FindingType BruteForce = new("ntlm.brute-force", "Password guessing over NTLM", Severity.Medium, "T1110.001")
    {
        Unless = "a service or task that still uses an old password",
    };

    /// <summary>Few refused logins for each of many accounts.</summary>
    public static readonly FindingType Spray = new("ntlm.password-spray", "Password spraying over NTLM", Severity.High, "T1110.003")
    {
        Unless = "a server that many people log in through (a proxy, a terminal server) while the domain is out of reach",
    };

    // Eight random bytes do not repeat; three connections exclude a connection that was captured twice.
    private const int MinSameChallenge = 3;

    // Responder, Metasploit's capture servers and tables of precomputed hashes use these bytes.
    private const long KnownChallenge = 0x1122334455667788;

    private static readonly GuessFindings s_guesses = new(BruteForce, Spray);

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } =
        [Anonymous, BruteForce, External, FixedChallenge, LoginCollector, MachineAccount, NoMic, OtherTarget, Spray, Relay, WeakResponse];

    internal static void Raise(NtlmState state, KerberosState kerberos, Conclusions conclusions)
    {
        HashSet<(IpAddress Host, string Account)> own = [.. kerberos.Users.Entries.Where(user => user.Value.Tries.Accepted.Value > 0).Select(user => (user.Key.First.Address, Bare(user.Key.Second.Text)))];
        foreach ((Key2<NumberKey, PairKey> key, NtlmProblemFacts facts) in state.Problems.Entries)
        {
            conclusions.Add(Problem((NtlmProblem)key.First.Value, key.Second, facts, account => own.Contains((key.Second.From, Bare(account)))));
        }

        foreach ((NumberKey _, NtlmReuseFacts facts) in state.Responses.Entries)
        {
            RaiseRelay(facts, conclusions);
        }

        foreach ((NumberKey challenge, NtlmReuseFacts facts) in state.Challenges.Entries)
        {
            RaiseChallenge(challenge.Value, facts, conclusions);
        }

        foreach (IGrouping<PairKey, KeyValuePair<Key2<PairKey, TextKey>, LoginTries>> pair in state.Tries.Entries.GroupBy(entry => entry.Key.First))
        {
            s_guesses.Raise(
                pair.Select(entry => (entry.Key.Second.Text, entry.Value)), pair.Key.From, pair.Key.To, string.Empty,
                Filter.Between(pair.Key.From, pair.Key.To).And("ntlmssp.messagetype == 3"), conclusions);
        }
    }

    private static Finding Problem(NtlmProblem problem, PairKey pair, NtlmProblemFacts facts, Func<string, bool> isOwn)
    {
        // Who gets tickets by the computer's password is that computer: nobody makes it log in elsewhere, or passes its login on.
        bool isItself = problem == NtlmProblem.MachineAccount && !facts.Accounts.HasMore && facts.Accounts.Values.All(isOwn);
        bool isOne = facts.Details.Values.Count == 1;
        string detail = isOne ? facts.Details.Values[0] : Cited(facts.Details);
        string about = facts.Distinct.IsComplete ? string.Empty : "about ";
        string who = $"{Units.Count(facts.Frames.Total, "login")} of {Cited(facts.Accounts)} over {string.Join(", ", facts.Carriers.Values)}";
        (FindingType type, string summary) = problem switch
        {
            NtlmProblem.WeakResponse => (WeakResponse, $"{detail}: {who}"),
            NtlmProblem.Anonymous => (Anonymous, $"{Units.Count(facts.Frames.Total, "login")} without a name over {string.Join(", ", facts.Carriers.Values)}"),
            NtlmProblem.NoMic => (NoMic, $"{who}; the challenge told the time, the response has no MIC"),
            NtlmProblem.OtherTarget => (OtherTarget, $"{who}; the client meant {(isOne ? string.Empty : $"{about}{Units.Count(facts.Distinct.Distinct, "server")}: ")}{detail}"),
            NtlmProblem.External => (External, who),
            _ => (MachineAccount, $"{(facts.Distinct.Distinct > 1 ? $"{about}{Units.Count(facts.Distinct.Distinct, "account")}, " : string.Empty)}{who}; {(isItself ? "the host has proved by Kerberos that it is this computer" : "computers usually use Kerberos, and log in elsewhere when they are made to")}"),
        };
        return new Finding
        {
            Type = type,
            Subject = isOne ? $"{pair} {detail}" : pair.ToString(),
            Summary = summary,
            Source = pair.From,
            Destination = pair.To,
            Port = facts.Ports.Keys is [var only] ? (int)only.Value : null,
            Count = facts.Frames.Total,
            Raised = problem == NtlmProblem.External && facts.Carriers.Values.Contains("smb", StringComparer.Ordinal) ? Severity.High : isItself ? Severity.Info : null,
            DisplayFilter = Filter.Between(pair.From, pair.To).And("ntlmssp.messagetype == 3"),
        }.WithEvidence(facts.Frames).During(facts.When);
    }

    // Who got a login as a server and gave it away as a client is in between; the same login from two addresses to one server is address translation.
    private static void RaiseRelay(NtlmReuseFacts facts, Conclusions conclusions)
    {
        foreach (PairKey from in facts.Pairs.Keys)
        {
            foreach (PairKey to in facts.Pairs.Keys)
            {
                if (from.To != to.From || from.From == to.To)
                {
                    continue;
                }

                conclusions.Add(new Finding
                {
                    Type = Relay,
                    Subject = $"{from.From} > {from.To} > {to.To}",
                    Summary = $"the response of {Cited(facts.Accounts)} went from {from.From} to {from.To}, and from there to {to.To} within {Units.Duration(facts.When.Duration)}",
                    Source = from.To,
                    Destination = to.To,
                    Count = facts.Frames.Total,
                    Measures = [new Measure("connections", facts.Connections.Distinct)],
                    DisplayFilter = Filter.Address(from.To).And("ntlmssp.messagetype == 3"),
                }.WithEvidence(facts.Frames).During(facts.When));
            }
        }
    }

    private static void RaiseChallenge(long challenge, NtlmReuseFacts facts, Conclusions conclusions)
    {
        bool isKnown = challenge == KnownChallenge;
        if (!isKnown && facts.Connections.Distinct < MinSameChallenge)
        {
            return;
        }

        foreach (IGrouping<IpAddress, PairKey> server in facts.Pairs.Keys.GroupBy(pair => pair.To))
        {
            string bytes = unchecked((ulong)challenge).ToString("x16", CultureInfo.InvariantCulture);
            IpAddress[] clients = [.. server.Select(pair => pair.From).Distinct()];
            conclusions.Add(new Finding
            {
                Type = isKnown ? LoginCollector : FixedChallenge,
                Subject = $"{(clients.Length == 1 ? clients[0].ToString() : Units.Count(clients.Length, "client"))} > {server.Key} {bytes}",
                Summary = isKnown
                    ? $"{Cited(facts.Accounts)} answered the challenge {bytes}, which programs that collect logins use"
                    : $"challenge {bytes} answered on {Units.Count(facts.Connections.Distinct, "connection")} by {Cited(facts.Accounts)}",
                Source = server.Key,
                Destination = clients.Length == 1 ? clients[0] : null,
                Count = facts.Frames.Total,
                Measures = [new Measure("connections", facts.Connections.Distinct, isKnown ? null : MinSameChallenge)],
                DisplayFilter = Filter.Address(server.Key).And("ntlmssp.messagetype == 3"),
            }.WithEvidence(facts.Frames).During(facts.When));
        }
    }

    // EXAMPLE\WS$ and WS$@EXAMPLE.COM are one account.
    private static string Bare(string account)
    {
        string user = account[(account.LastIndexOf('\\') + 1)..];
        int at = user.LastIndexOf('@');
        return (at > 0 ? user[..at] : user).ToUpperInvariant();
    }

    private static string Cited(Texts accounts) => string.Join(", ", accounts.Values) + (accounts.HasMore ? ", …" : string.Empty);
}
