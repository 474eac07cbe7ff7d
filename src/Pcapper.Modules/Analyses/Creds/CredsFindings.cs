using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>What the module of credentials can find, and when it does. No finding shows a secret.</summary>
public static class CredsFindings
{
    /// <summary>Passwords that can be read.</summary>
    public static readonly FindingType CleartextPassword = new("creds.cleartext-password", "Password sent without encryption", Severity.Medium, "T1040", "T1552")
    {
        IsPractice = true,
        Unless = "a network that nobody else can listen to; the password is the same elsewhere all the more likely",
    };

    /// <summary>Tokens that can be read.</summary>
    public static readonly FindingType CleartextToken = new("creds.cleartext-token", "Access token sent without encryption", Severity.Low, "T1040", "T1528")
    {
        IsPractice = true,
        Unless = "the token is public, or had run out",
    };

    /// <summary>Communities of SNMP.</summary>
    public static readonly FindingType Community = new("creds.snmp-community", "SNMP community sent without encryption", Severity.Low, "T1040", "T1602.001")
    {
        IsPractice = true,
        Unless = "a network for management only; SNMPv3 encrypts",
    };

    /// <summary>Responses that passwords can be guessed from.</summary>
    public static readonly FindingType GuessableResponse = new("creds.guessable-response", "Password can be guessed from a login", Severity.Info, "T1040", "T1110.002")
    {
        Unless = "the password is long and random",
    };

    /// <summary>Many refused logins of one user.</summary>
    public static readonly FindingType BruteForce = new("creds.brute-force", "Password guessing", Severity.Medium, "T1110.001")
    {
        Unless = "a program that still uses an old password",
    };

    /// <summary>Few refused logins of each of many users.</summary>
    public static readonly FindingType Spray = new("creds.password-spray", "Password spraying", Severity.Medium, "T1110.003")
    {
        Unless = "many people log in through one address (a proxy, a web mail server)",
    };

    private const int MostServers = 10;
    private const int MostClients = 1_024;

    private static readonly GuessFindings s_guesses = new(BruteForce, Spray);

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } = [BruteForce, CleartextPassword, CleartextToken, Community, GuessableResponse, Spray];

    internal static void Raise(CredsState state, Conclusions conclusions)
    {
        var shown = state.Uses.Entries
            .Select(entry => (Type: TypeOf((CredentialKind)entry.Key.First.Value, entry.Key.Second.Text, entry.Value), Protocol: entry.Key.Second.Text, Server: entry.Key.Third, Use: entry.Value))
            .Where(entry => entry.Type is not null)
            .GroupBy(entry => (entry.Type, entry.Protocol));
        foreach (var group in shown)
        {
            // A scanner or a monitor shows the same secret to a whole network: that is one thing to say.
            if (group.Skip(MostServers).Any())
            {
                conclusions.Add(ShownToMany(group.Key.Type!, group.Key.Protocol, [.. group.Select(entry => (entry.Server, entry.Use))]));
                continue;
            }

            foreach ((FindingType? type, string protocol, EndpointKey server, CredentialUse use) in group)
            {
                conclusions.Add(Shown(type!, protocol, server, use));
            }
        }

        foreach (var logins in state.Tries.Entries.GroupBy(entry => (Pair: entry.Key.First, Protocol: entry.Key.Second.Text)))
        {
            PairKey pair = logins.Key.Pair;
            s_guesses.Raise(logins.Select(entry => (entry.Key.Third.Text, entry.Value)), pair.From, pair.To, logins.Key.Protocol, Filter.From(pair.From).To(pair.To).And("tcp.len > 0 || udp"), conclusions);
        }
    }

    // HTTP and LDAP judge passwords in their own modules; NTLM and Kerberos are judged by how they are used there.
    private static FindingType? TypeOf(CredentialKind kind, string protocol, CredentialUse use) => kind switch
    {
        CredentialKind.Password when protocol is not ("http" or "ldap") => CleartextPassword,
        CredentialKind.Token => CleartextToken,
        CredentialKind.Community => Community,
        CredentialKind.Response when protocol != "kerberos" && use.Schemes.Values.Any(scheme => !scheme.StartsWith("ntlm", StringComparison.Ordinal)
            && scheme is not ("lm" or "as-req" or "as-rep" or "tgs-rep" or "ap-req")) => GuessableResponse,
        _ => null,
    };

    private static Finding Shown(FindingType type, string protocol, EndpointKey server, CredentialUse use)
    {
        string users = use.Users.Values.Count == 0 ? "no user told" : $"of {string.Join(", ", use.Users.Values)}{(use.Users.HasMore ? ", …" : string.Empty)}";
        string weak = use.Weak.Value > 0 ? "; the community is one that makers set" : string.Empty;
        string success = use.Succeeded.Value > 0 ? $", {Units.Count(use.Succeeded.Value)} accepted" : string.Empty;
        IpAddress? client = use.Clients.Keys is [var only] && use.Clients.Distinct == 1 ? only.Address : null;
        return new Finding
        {
            Type = type,
            Subject = client is { } from ? $"{from} > {protocol} {server}" : $"{protocol} {server}",
            Source = client,
            Summary = $"sent {Units.Count(use.Frames.Total, "time")}{success} by {Units.Count(use.Clients.Distinct, "client")} ({string.Join(", ", use.Schemes.Values)}), {users}{weak}; --creds shows them",
            Destination = server.Address,
            Port = server.Port,
            Count = use.Frames.Total,
            Raised = use.Weak.Value > 0 ? Severity.Medium : null,
            Measures = [new Measure("clients", use.Clients.Distinct)],
            DisplayFilter = Sent(client, server, use.Frames),
        }.WithEvidence(use.Frames).During(use.When);
    }

    // Where all frames are cited nothing else need be looked at; else what clients send holds them.
    private static Filter Sent(IpAddress? client, EndpointKey server, FrameSample frames)
    {
        Filter hosts = client is { } from ? Filter.Between(from, server.Address) : Filter.Address(server.Address);
        return frames.Frames.Length == frames.Total
            ? hosts.And(Filter.Frames(frames))
            : Filter.Any((client is { } sender ? Filter.From(sender).To(server.Address) : Filter.All.To(server.Address)).ToPort(server.Protocol, server.Port).And("tcp.len > 0 || udp"), Filter.Frames(frames));
    }

    private static Finding ShownToMany(FindingType type, string protocol, IReadOnlyList<(EndpointKey Server, CredentialUse Use)> uses)
    {
        var frames = new FrameSample();
        var when = new Extent();
        var users = new Texts();
        var clients = new KeySet<AddressKey>(MostClients);
        foreach ((_, CredentialUse use) in uses)
        {
            frames.Merge(use.Frames);
            when.Merge(use.When);
            users.Merge(use.Users);
            clients.Merge(use.Clients);
        }

        long weak = uses.Sum(entry => entry.Use.Weak.Value);
        string who = users.Values.Count == 0 ? "no user told" : $"of {string.Join(", ", users.Values)}{(users.HasMore ? ", …" : string.Empty)}";
        return new Finding
        {
            Type = type,
            Subject = $"{protocol} {Units.Count(uses.Count, "server")}",
            Summary = $"sent {Units.Count(frames.Total, "time")} to {Units.Count(uses.Count, "server")}, {Units.Count(uses.Sum(entry => entry.Use.Succeeded.Value))} accepted, by {Units.Count(clients.Distinct, "client")}, {who}"
                + $"{(weak > 0 ? $"; {Units.Count(weak)} with a community that makers set" : string.Empty)}; --creds shows them",
            Source = clients.Keys is [var only] ? only.Address : null,
            Count = frames.Total,
            Raised = weak > 0 ? Severity.Medium : null,
            Measures = [new Measure("servers", uses.Count, MostServers), new Measure("clients", clients.Distinct)],
            DisplayFilter = Filter.Frames(frames),
        }.WithEvidence(frames).During(when);
    }
}
