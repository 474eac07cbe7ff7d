using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>What the TLS module can find, and when it does.</summary>
public static class TlsFindings
{
    /// <summary>A server chose a version that must not be used any more.</summary>
    public static readonly FindingType ObsoleteVersion = new(
        "tls.obsolete-version", "Obsolete TLS version negotiated", Severity.Low, "T1557")
    {
        IsPractice = true,
        Unless = "an old device that cannot do better is isolated; look which clients need it",
    };

    /// <summary>A server chose a cipher that does not protect.</summary>
    public static readonly FindingType WeakCipher = new("tls.weak-cipher", "Weak TLS cipher negotiated", Severity.Medium, "T1557")
    {
        IsPractice = true,
        Unless = "a test of the server's settings (a scanner offers only weak ciphers on purpose)",
    };

    /// <summary>A server offered a Diffie-Hellman prime that can be broken.</summary>
    public static readonly FindingType SmallPrime = new("tls.small-prime", "Weak Diffie-Hellman prime", Severity.Medium, "T1557")
    {
        IsPractice = true,
    };

    /// <summary>A client asked for an address as server name.</summary>
    public static readonly FindingType NameIsAddress = new(
        "tls.name-is-address", "TLS server name is an IP address", Severity.Info, "T1573.002")
    {
        Unless = "a device or script configured with an address instead of a name",
    };

    /// <summary>A client named no server to a public address.</summary>
    public static readonly FindingType NoServerName = new(
        "tls.no-server-name", "TLS to a public address without server name", Severity.Info, "T1573.002")
    {
        Unless = "a program that connects by address (VPN, mail, monitoring); browsers always send a name",
    };

    /// <summary>TLS where other protocols live.</summary>
    public static readonly FindingType OddPort = new(
        "tls.odd-port", "TLS on the port of another protocol", Severity.Medium, "T1571", "T1573.002")
    {
        Suspect = Suspect.Destination,
        Unless = "a server deliberately moved there to pass a firewall",
    };

    /// <summary>Something else where TLS lives.</summary>
    public static readonly FindingType OtherProtocol = new("tls.not-tls", "Not TLS on port 443", Severity.Medium, "T1571", "T1095")
    {
        Suspect = Suspect.Destination,
        Unless = "a VPN, remote-support or chat service that shares the port",
    };

    /// <summary>Handshakes that keep failing.</summary>
    public static readonly FindingType AlertBurst = new("tls.alert-burst", "TLS handshakes keep failing", Severity.Low, "T1595.002")
    {
        Unless = "a client that does not trust the server's certificate and retries",
    };

    /// <summary>A heartbeat that asks for more than it sent.</summary>
    public static readonly FindingType HeartbleedAttempt = new("tls.heartbleed-attempt", "Heartbleed attempt", Severity.High, "T1190")
    {
        Unless = "a vulnerability scan that was ordered",
    };

    /// <summary>A heartbeat answered with memory.</summary>
    public static readonly FindingType HeartbleedLeak = new(
        "tls.heartbleed-leak", "Heartbleed: the server gave away memory", Severity.Critical, "T1190", "T1212");

    private const int MinAlerts = 20;
    private const long MaxAlertSpacing = 30 * Timestamp.PerSecond;
    private const int MaxSmallPrimeHigh = 768;

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } =
    [
        ObsoleteVersion, WeakCipher, SmallPrime, NameIsAddress, NoServerName, OddPort, OtherProtocol, AlertBurst, HeartbleedAttempt, HeartbleedLeak,
    ];

    internal static void Raise(TlsState state, Conclusions conclusions)
    {
        long weak = 0;
        foreach ((Key3<NumberKey, EndpointKey, TextKey> key, TlsProblemFacts facts) in state.Problems.Entries)
        {
            var problem = (TlsProblem)key.First.Value;
            weak += problem is TlsProblem.ObsoleteVersion or TlsProblem.WeakCipher or TlsProblem.SmallPrime ? 1 : 0;
            if (Find(problem, key.Second, key.Third.Text, facts) is { } finding)
            {
                conclusions.Add(finding);
            }
        }

        foreach ((Key3<AddressKey, EndpointKey, NumberKey> key, TlsAlertFacts facts) in state.Alerts.Entries)
        {
            RaiseAlerts(key, facts, conclusions);
        }

        conclusions.Add(new Signal("weak TLS", weak, "--tls"));
    }

    private static Finding? Find(TlsProblem problem, EndpointKey server, string detail, TlsProblemFacts facts)
    {
        string connections = Units.Count(facts.Frames.Total, "connection");
        string clients = Units.Count(facts.Clients.Distinct, "client");
        string hello = HelloField(server.Protocol);
        switch (problem)
        {
            case TlsProblem.ObsoleteVersion:
                return Make(ObsoleteVersion, server, facts,
                    $"{Named(server, facts)} {detail}", $"{detail} in {connections} of {clients}", ServerFilter(server, detail, hello)) with
                {
                    Raised = detail switch { "SSLv2" => Severity.High, "SSLv3" => Severity.Medium, _ => null },
                };
            case TlsProblem.WeakCipher when CipherWeakness.Of(detail) is { } weakness:
                return Make(WeakCipher, server, facts,
                    $"{Named(server, facts)} {detail}", $"{detail}: {weakness.Reason}; {connections} of {clients}",
                    ServerFilter(server, detail, hello)) with
                {
                    Raised = weakness.Severity,
                };
            case TlsProblem.SmallPrime:
                return Make(SmallPrime, server, facts,
                    $"{Named(server, facts)} {detail} bits", $"Diffie-Hellman prime of {detail} bits; {connections} of {clients}",
                    ServerFilter(server, detail, hello)) with
                {
                    Raised = int.TryParse(detail, CultureInfo.InvariantCulture, out int bits) && bits <= MaxSmallPrimeHigh ? Severity.High : null,
                };
            case TlsProblem.NameIsAddress:
                return OfClient(NameIsAddress, server, detail, facts,
                    $"server name {string.Join(", ", facts.Names.Values)} in {connections}", $"{hello} == 1");
            case TlsProblem.NoServerName:
                return OfClient(NoServerName, server, detail, facts,
                    $"no server name in {connections}", $"{hello} == 1 && !tls.handshake.extensions_server_name");
            case TlsProblem.OddPort:
                return OfClient(OddPort, server, detail, facts,
                    string.Create(CultureInfo.InvariantCulture, $"TLS from the first byte on port {server.Port}; {connections}"), null);
            case TlsProblem.OtherProtocol:
                string spoken = detail.Length == 0 ? "no known protocol" : detail;
                return Make(OtherProtocol, server, facts,
                    $"{server} {spoken}", $"{spoken} in {connections} of {clients}",
                    Filter.Address(server.Address).Port(server.Protocol, server.Port));
            case TlsProblem.HeartbeatAttack:
                return OfClient(HeartbleedAttempt, server, detail, facts,
                    $"{Units.Count(facts.Frames.Total, "heartbeat")} asked for up to {Units.Bytes(facts.Largest.Value)} more than sent",
                    "tls.record.content_type == 24");
            case TlsProblem.HeartbeatLeak:
                return OfClient(HeartbleedLeak, server, detail, facts,
                    $"{Units.Count(facts.Frames.Total, "answer")} longer than asked for, up to {Units.Bytes(facts.Largest.Value)}",
                    "tls.record.content_type == 24");
            case TlsProblem.HeartbeatLarge:
                return OfClient(HeartbleedLeak, server, detail, facts,
                    $"{Units.Count(facts.Frames.Total, "encrypted heartbeat")} much longer than the other side's, up to {Units.Bytes(facts.Largest.Value)}",
                    "tls.record.content_type == 24") with
                {
                    Raised = Severity.Medium,
                    Confidence = 50,
                };
            default:
                return null;
        }
    }

    private static void RaiseAlerts(Key3<AddressKey, EndpointKey, NumberKey> key, TlsAlertFacts facts, Conclusions conclusions)
    {
        long spacing = facts.Fatal.Value > 1 ? facts.When.Duration / (facts.Fatal.Value - 1) : 0;
        if (facts.Fatal.Value < MinAlerts || spacing > MaxAlertSpacing)
        {
            return;
        }

        string name = TlsNames.Alert((byte)key.Third.Value);
        conclusions.Add(new Finding
        {
            Type = AlertBurst,
            Subject = $"{key.First} > {key.Second} {name}",
            Summary = $"{Units.Count(facts.Fatal.Value, "fatal alert")} {name} in {Units.Duration(facts.When.Duration)}",
            Source = key.First.Address,
            Destination = key.Second.Address,
            Port = key.Second.Port,
            Count = facts.Fatal.Value,
            Measures = [new Measure("alerts", facts.Fatal.Value, MinAlerts), new Measure("spacing", spacing / (double)Timestamp.PerSecond, MaxAlertSpacing / Timestamp.PerSecond, "s")],
            DisplayFilter = Filter.Between(key.First.Address, key.Second.Address).Port(key.Second.Protocol, key.Second.Port)
                .Number(key.Second.Protocol == IpProtocol.Udp ? "dtls.alert_message.desc" : "tls.alert_message.desc", key.Third.Value),
        }.WithEvidence(facts.Frames).During(facts.When));
    }

    private static Finding OfClient(FindingType type, EndpointKey server, string client, TlsProblemFacts facts, string summary, string? condition)
    {
        bool isKnown = IpAddress.TryParse(client, out IpAddress address);
        Filter filter = (isKnown ? Filter.Between(address, server.Address) : Filter.Address(server.Address)).Port(server.Protocol, server.Port);
        return Make(type, server, facts, $"{client} > {server}", summary, condition is null ? filter : filter.And(condition)) with
        {
            Source = isKnown ? address : null,
        };
    }

    private static Finding Make(FindingType type, EndpointKey server, TlsProblemFacts facts, string subject, string summary, Filter filter) => new Finding
    {
        Type = type,
        Subject = subject,
        Summary = summary,
        Source = facts.Clients.Keys is [var only] ? only.Address : null,
        Destination = server.Address,
        Port = server.Port,
        Count = facts.Frames.Total,
        DisplayFilter = Filter.Any(filter, Filter.Frames(facts.Frames)),
    }.WithEvidence(facts.Frames).During(facts.When);

    private static string Named(EndpointKey server, TlsProblemFacts facts)
        => facts.Names.Values is [var name] && !facts.Names.HasMore ? $"{server} {name}" : server.ToString();

    private static string HelloField(IpProtocol protocol) => protocol == IpProtocol.Udp ? "dtls.handshake.type" : "tls.handshake.type";

    /// <summary>Selects what a server chose; Wireshark has no such field for SSL 2.0.</summary>
    private static Filter ServerFilter(EndpointKey server, string detail, string hello)
    {
        Filter filter = Filter.From(server.Address).FromPort(server.Protocol, server.Port);
        return detail.StartsWith("SSLv2", StringComparison.Ordinal) || detail.StartsWith("SSL_CK", StringComparison.Ordinal) ? filter.And("tls") : filter.And($"{hello} == 2");
    }
}
