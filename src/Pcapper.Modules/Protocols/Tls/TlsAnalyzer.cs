using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Who talks TLS to whom, how well protected, and what that gives away.</summary>
public sealed class TlsAnalyzer
    : Analyzer<TlsState>, IRecordConsumer<TlsConnection>, IRecordConsumer<TlsAlert>, IRecordConsumer<TlsHeartbeat>, IRecordConsumer<FlowEnded>
{
    private const int MinPrimeBits = 1024;    // Logjam: 512 bits were broken by everyone, 768 by academics
    private const int HeartbeatSlack = 256;   // an answer repeats the payload and adds padding of its own, at least 16 bytes
    private const ushort TlsPort = 443;
    private const string Service = "tls";

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "tls", "--tls", "TLS", "TLS, DTLS and QUIC handshakes: versions, ciphers, server names, fingerprints", 1, TlsFindings.All);

    private static ReadOnlySpan<ushort> PlaintextPorts => [22, 23, 53, 80, 135, 139, 445];

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<TlsConnection>(this);
        bus.Subscribe<TlsAlert>(this);
        bus.Subscribe<TlsHeartbeat>(this);
        bus.Subscribe<FlowEnded>(this);
    }

    /// <inheritdoc/>
    public void Consume(TlsConnection record)
    {
        Count(record);
        Name(record);
        Fingerprints(record);
        Judge(record);
    }

    /// <inheritdoc/>
    public void Consume(TlsAlert record)
    {
        Direction toServer = record.IsFromClient == (record.Direction == Direction.ToResponder) ? Direction.ToResponder : Direction.ToOriginator;
        TlsAlertFacts facts = State.Alerts[new(record.Flow.Sender(toServer), Server(record.Flow, toServer), record.Description)];
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Fatal.Add(record.IsFatal ? 1 : 0);
    }

    /// <inheritdoc/>
    public void Consume(TlsHeartbeat record)
    {
        bool isLarge = record.OtherLength > 0 && record.RecordLength > record.OtherLength + HeartbeatSlack;
        TlsProblem? problem = record switch
        {
            { IsRequest: true, ClaimsTooMuch: true } => TlsProblem.HeartbeatAttack,
            { IsRequest: false, IsEncrypted: false } when isLarge => TlsProblem.HeartbeatLeak,
            { IsEncrypted: true } when isLarge => TlsProblem.HeartbeatLarge,
            _ => null,
        };
        if (problem is { } kind)
        {
            // The victim is who answers; the detail is who asks.
            Direction toVictim = kind == TlsProblem.HeartbeatAttack ? record.Direction : record.Direction.Opposite();
            IpAddress attacker = record.Flow.Sender(toVictim);
            TlsProblemFacts facts = State.Problems[new((long)kind, Server(record.Flow, toVictim), attacker.ToString())];
            facts.Add(attacker, null, record.Frame, record.Time);
            facts.Largest.Add(kind == TlsProblem.HeartbeatAttack ? record.ClaimedLength : record.RecordLength, record.Frame);
        }
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        if (record.Flow.Key.Protocol != IpProtocol.Tcp || record.IsGuessed || record.ToResponder.PayloadBytes == 0 || record.ToOriginator.PayloadBytes == 0
            || record.ToResponder.MissedBytes + record.ToOriginator.MissedBytes != 0)
        {
            return;
        }

        string? first = record.Services.Count == 0 ? null : record.Services[0];
        bool isTls = string.Equals(first, Service, StringComparison.Ordinal);
        if (isTls && PlaintextPorts.Contains(record.Flow.ResponderPort))
        {
            Note(TlsProblem.OddPort, record, record.Flow.Originator.ToString());
        }
        else if (!isTls && record.Flow.ResponderPort == TlsPort && first is not "http")
        {
            Note(TlsProblem.OtherProtocol, record, first ?? string.Empty);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(TlsState state, Conclusions conclusions)
    {
        TlsFindings.Raise(state, conclusions);
        TlsSection.Write(state, conclusions.Section);
    }

    private static EndpointKey Server(FlowId flow, Direction toServer)
        => new(flow.Receiver(toServer), toServer == Direction.ToResponder ? flow.ResponderPort : flow.OriginatorPort, flow.Key.Protocol);

    private void Count(TlsConnection record)
    {
        void Add(TlsTotal total, bool applies) => State.Totals[(int)total] += applies ? 1 : 0;

        Add(TlsTotal.Connections, true);
        Add(TlsTotal.Established, record.IsEstablished);
        Add(TlsTotal.Resumed, record.IsResumed);
        Add(TlsTotal.Retried, record.HadRetry);
        Add(TlsTotal.Unanswered, record.ServerFrame is null);
        Add(TlsTotal.NoServerName, record.ClientFrame is not null && record.ServerName is null);
        Add(TlsTotal.EncryptedHello, record.HasEncryptedHello);
        Add(TlsTotal.HiddenCertificates, record.HidesCertificates);
        Add(TlsTotal.ClientCertificates, record.ClientCertificates.Count > 0);
        Add(TlsTotal.Quic, record.Transport == TlsTransport.Quic);
        Add(TlsTotal.Datagram, record.Transport == TlsTransport.Datagram);
        Add(TlsTotal.NameMismatch, record.NameMatches == false);
        if (record.Version is { } version)
        {
            State.Versions[version].Add();
        }

        Count(State.Ciphers, record.Cipher);
        Count(State.Groups, record.Group);
        Count(State.Protocols, record.ApplicationProtocol);
    }

    private static void Count(PartMap<TextKey, Count> counts, string? text)
    {
        if (text is not null)
        {
            counts[text].Add();
        }
    }

    private void Name(TlsConnection record)
    {
        if (record.ServerName is not { } name)
        {
            return;
        }

        TlsNameFacts facts = State.Names[name.TrimEnd('.').ToLowerInvariant()];
        facts.When.Add(record.Time, record.Frame);
        facts.Connections.Add();
        facts.Mismatches.Add(record.NameMatches == false ? 1 : 0);
        facts.Clients.Add(record.Client);
        facts.Servers.Add(record.Server);
        facts.Fingerprints.Add(record.Ja4);
    }

    private void Fingerprints(TlsConnection record)
    {
        if (record.Ja4 is { } ja4)
        {
            Fingerprint(State.Clients[ja4], record, record.Client, record.Ja3);
        }

        if (record.Ja3s is { } ja3s)
        {
            Fingerprint(State.Servers[ja3s], record, record.Server, null);
        }
    }

    private static void Fingerprint(TlsFingerprintFacts facts, TlsConnection record, IpAddress host, string? other)
    {
        facts.When.Add(record.Time, record.Frame);
        facts.Connections.Add();
        facts.Hosts.Add(host);
        facts.Names.Add(record.ServerName);
        facts.Others.Add(other);
    }

    private void Judge(TlsConnection record)
    {
        if (record.Version is { } version && TlsVersions.IsObsolete(version))
        {
            Note(TlsProblem.ObsoleteVersion, record, TlsVersions.Name(version));
        }

        if (record.Cipher is { } cipher && CipherWeakness.Of(cipher) is not null)
        {
            Note(TlsProblem.WeakCipher, record, cipher);
        }

        if (record.PrimeBits < MinPrimeBits)
        {
            Note(TlsProblem.SmallPrime, record, record.PrimeBits.Value.ToString(CultureInfo.InvariantCulture));
        }

        if (record.ServerName is { } name && IpAddress.TryParse(name, out _))
        {
            Note(TlsProblem.NameIsAddress, record, record.Client.ToString());
        }
        else if (record.ClientFrame is not null && record.ServerName is null && record.IsEstablished && !record.HasEncryptedHello
            && record.Transport == TlsTransport.Stream && record.Server.Class == AddressClass.Public)
        {
            Note(TlsProblem.NoServerName, record, record.Client.ToString());
        }
    }

    private void Note(TlsProblem problem, TlsConnection record, string detail)
    {
        var server = new EndpointKey(record.Server, record.ServerPort, record.Flow.Key.Protocol);
        bool isOfClient = problem is TlsProblem.NameIsAddress or TlsProblem.NoServerName;
        FrameRef frame = (isOfClient ? record.ClientFrame : record.ServerFrame) ?? record.Frame;
        State.Problems[new((long)problem, server, detail)].Add(record.Client, record.ServerName, frame, record.Time);
    }

    private void Note(TlsProblem problem, FlowEnded record, string detail)
    {
        var server = new EndpointKey(record.Flow.Responder, record.Flow.ResponderPort, record.Flow.Key.Protocol);
        State.Problems[new((long)problem, server, detail)].Add(record.Flow.Originator, null, record.Frame, record.Time);
    }
}
