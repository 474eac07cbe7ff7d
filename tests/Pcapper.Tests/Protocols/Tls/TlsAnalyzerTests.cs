using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Tls;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Tls;

public sealed class TlsAnalyzerTests
{
    private static readonly IpAddress s_client = IpAddress.Parse("10.0.0.5");
    private static readonly IpAddress s_server = IpAddress.Parse("93.184.216.34");

    private static readonly Gen<FlowId> s_flow =
        from client in Gen.Int[1, 4]
        from server in Gen.Int[1, 3]
        from port in Gen.OneOf<ushort>(443, 80, 8443)
        from frame in Gen.Long[1, 40]
        select Flow(IpAddress.Parse($"10.0.0.{client}"), IpAddress.Parse($"93.184.216.{server}"), port, frame);

    private static readonly Gen<TlsConnection> s_connection =
        from flow in s_flow
        from version in Gen.OneOf<ushort>(TlsVersions.Ssl3, TlsVersions.Tls10, TlsVersions.Tls12, TlsVersions.Tls13)
        from cipher in Gen.OneOf("TLS_RSA_WITH_RC4_128_SHA", "TLS_AES_128_GCM_SHA256")
        from name in Gen.OneOf<string?>(null, "a.example", "b.example", "10.0.0.1")
        from prime in Gen.OneOf<int?>(null, 512, 2048)
        from established in Gen.Bool
        from ja4 in Gen.OneOf<string?>(null, "t13d1", "t13d2")
        select Connection(flow) with
        {
            Version = version,
            Cipher = cipher,
            ServerName = name,
            PrimeBits = prime,
            IsEstablished = established,
            Ja4 = ja4,
            Ja3 = ja4,
            Ja3s = cipher,
            ApplicationProtocol = name,
        };

    private static readonly Gen<TlsAlert> s_alert =
        from flow in s_flow
        from client in Gen.Bool
        from fatal in Gen.Bool
        from description in Gen.OneOf<byte>(40, 48)
        select new TlsAlert
        {
            Flow = flow,
            Frame = flow.First,
            Time = new Timestamp(flow.First.Number),
            Direction = client ? Direction.ToResponder : Direction.ToOriginator,
            IsFromClient = client,
            IsFatal = fatal,
            Description = description,
        };

    private static readonly Gen<TlsHeartbeat> s_heartbeat =
        from flow in s_flow
        from request in Gen.Bool
        from encrypted in Gen.Bool
        from length in Gen.Int[0, 2000]
        select Heartbeat(flow, request, encrypted, claimed: 1000, length, other: 20);

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split()
        => Laws.Hold<TlsAnalyzer>(Gen.OneOf(Laws.Emit(s_connection), Laws.Emit(s_alert), Laws.Emit(s_heartbeat)));

    [Fact]
    public void An_obsolete_version_and_a_weak_cipher_are_found()
    {
        Conclusions conclusions = Conclude(Connection(version: TlsVersions.Tls10, cipher: "TLS_RSA_WITH_RC4_128_SHA"));
        Finding version = Assert.Single(conclusions.Findings, f => f.Type == TlsFindings.ObsoleteVersion);
        Assert.Equal("93.184.216.34:443 a.example TLSv10", version.Subject);
        Assert.Equal("(ip.src == 93.184.216.34 && tcp.srcport == 443 && tls.handshake.type == 2) || (frame.number in {8})", version.DisplayFilter);
        Assert.Equal([new FrameRef(0, 8)], version.Evidence);
        Finding cipher = Assert.Single(conclusions.Findings, f => f.Type == TlsFindings.WeakCipher);
        Assert.Equal(Severity.Medium, cipher.Severity);
    }

    [Fact]
    public void A_modern_connection_is_silent() => Assert.Empty(Conclude(Connection()).Findings);

    [Fact]
    public void An_obsolete_version_that_was_only_offered_is_silent()
        => Assert.Empty(Conclude(Connection(version: null, cipher: null) with { OfferedVersion = TlsVersions.Tls10 }).Findings);

    [Fact]
    public void A_missing_server_name_counts_only_for_public_servers()
    {
        Assert.Equal(TlsFindings.NoServerName, Assert.Single(Conclude(Connection(name: null)).Findings).Type);
        TlsConnection inside = Connection(Flow(s_client, IpAddress.Parse("10.0.0.9"), 443, 7)) with { ServerName = null };
        Assert.Empty(Conclude(inside).Findings);
    }

    [Fact]
    public void A_server_name_that_is_an_address_is_found()
        => Assert.Equal(TlsFindings.NameIsAddress, Assert.Single(Conclude(Connection(name: "93.184.216.34")).Findings).Type);

    [Theory]
    [InlineData("TLS_RSA_EXPORT_WITH_RC4_40_MD5", Severity.High)]
    [InlineData("TLS_RSA_WITH_NULL_SHA", Severity.High)]
    [InlineData("TLS_DH_anon_WITH_AES_128_CBC_SHA", Severity.High)]
    [InlineData("TLS_RSA_WITH_DES_CBC_SHA", Severity.Medium)]
    [InlineData("TLS_RSA_WITH_3DES_EDE_CBC_SHA", Severity.Low)]
    [InlineData("SSL_CK_DES_192_EDE3_CBC_WITH_MD5", Severity.Low)]
    [InlineData("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", null)]
    [InlineData("TLS_AES_128_GCM_SHA256", null)]
    [InlineData("TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256", null)]
    public void Cipher_suites_are_judged_by_their_names(string name, Severity? expected) => Assert.Equal(expected, CipherWeakness.Of(name)?.Severity);

    [Fact]
    public void Twenty_fatal_alerts_in_a_row_are_a_burst_nineteen_are_not()
    {
        Assert.Empty(Conclude(Alerts(19, 1)).Findings);
        Finding finding = Assert.Single(Conclude(Alerts(20, 1)).Findings);
        Assert.Equal(TlsFindings.AlertBurst, finding.Type);
        Assert.Equal("ip.addr == 10.0.0.5 && ip.addr == 93.184.216.34 && tcp.port == 443 && tls.alert_message.desc == 48", finding.DisplayFilter);
        Assert.Empty(Conclude(Alerts(20, 3600)).Findings);
    }

    [Fact]
    public void Heartbleed_is_an_attempt_and_an_answer_a_leak()
    {
        FlowId flow = Flow(s_client, s_server, 443, 7);
        Conclusions conclusions = Conclude(
            Heartbeat(flow, isRequest: true, isEncrypted: false, claimed: 16384, length: 3, other: 0),
            Heartbeat(flow, isRequest: false, isEncrypted: false, claimed: 16384, length: 16384, other: 3) with { Direction = Direction.ToOriginator });
        Assert.Equal([TlsFindings.HeartbleedAttempt, TlsFindings.HeartbleedLeak], conclusions.Findings.Select(f => f.Type));
        Assert.All(conclusions.Findings, f => Assert.Equal("10.0.0.5 > 93.184.216.34:443", f.Subject));
    }

    [Fact]
    public void An_honest_heartbeat_is_silent()
    {
        FlowId flow = Flow(s_client, s_server, 443, 7);
        Assert.Empty(Conclude(
            Heartbeat(flow, isRequest: true, isEncrypted: false, claimed: 16, length: 35, other: 0),
            Heartbeat(flow, isRequest: false, isEncrypted: false, claimed: 16, length: 40, other: 35) with { Direction = Direction.ToOriginator }).Findings);
    }

    [Fact]
    public void TLS_from_the_first_byte_on_another_protocols_port_is_found()
    {
        Assert.Equal(TlsFindings.OddPort, Assert.Single(Conclude(Ended(80, "tls")).Findings).Type);
        Assert.Empty(Conclude(Ended(80, "http", "tls")).Findings);
        Assert.Empty(Conclude(Ended(8443, "tls")).Findings);
    }

    [Fact]
    public void Something_else_on_port_443_is_found()
    {
        Finding finding = Assert.Single(Conclude(Ended(443, "ssh")).Findings);
        Assert.Equal((TlsFindings.OtherProtocol, "93.184.216.34:443 ssh"), (finding.Type, finding.Subject));
        Assert.Equal(TlsFindings.OtherProtocol, Assert.Single(Conclude(Ended(443)).Findings).Type);
        Assert.Empty(Conclude(Ended(443, "tls")).Findings);
        Assert.Empty(Conclude(Ended(443) with { IsGuessed = true }).Findings);
        Assert.Empty(Conclude(Ended(443) with { ToOriginator = Totals(0) }).Findings);
    }

    private static Conclusions Conclude(params ProtocolRecord[] records)
    {
        var analyzer = new TlsAnalyzer();
        var bus = new RecordBus();
        analyzer.Subscribe(bus);
        foreach (ProtocolRecord record in records)
        {
            switch (record)
            {
                case TlsConnection connection:
                    bus.Emitter<TlsConnection>().Emit(connection);
                    break;
                case TlsAlert alert:
                    bus.Emitter<TlsAlert>().Emit(alert);
                    break;
                case TlsHeartbeat heartbeat:
                    bus.Emitter<TlsHeartbeat>().Emit(heartbeat);
                    break;
                default:
                    bus.Emitter<FlowEnded>().Emit((FlowEnded)record);
                    break;
            }
        }

        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }

    private static FlowId Flow(IpAddress client, IpAddress server, ushort port, long frame)
        => new(new FlowKey(client, 49152, server, port, IpProtocol.Tcp, default), new FrameRef(0, frame));

    private static TlsConnection Connection(ushort? version = TlsVersions.Tls13, string? cipher = "TLS_AES_128_GCM_SHA256", string? name = "a.example")
        => Connection(Flow(s_client, s_server, 443, 7)) with { Version = version, Cipher = cipher, ServerName = name };

    private static TlsConnection Connection(FlowId flow) => new()
    {
        Flow = flow,
        Frame = flow.First,
        Time = new Timestamp(flow.First.Number),
        Transport = TlsTransport.Stream,
        ClientDirection = Direction.ToResponder,
        ClientFrame = flow.First,
        ServerFrame = new FrameRef(0, flow.First.Number + 1),
        History = "CsiI",
        IsEstablished = true,
    };

    private static TlsHeartbeat Heartbeat(FlowId flow, bool isRequest, bool isEncrypted, int claimed, int length, int other) => new()
    {
        Flow = flow,
        Frame = flow.First,
        Time = new Timestamp(flow.First.Number),
        Direction = Direction.ToResponder,
        IsRequest = isRequest,
        IsEncrypted = isEncrypted,
        ClaimedLength = claimed,
        RecordLength = length,
        OtherLength = other,
    };

    private static TlsAlert[] Alerts(int count, int seconds) => [.. Enumerable.Range(1, count).Select(i => new TlsAlert
    {
        Flow = Flow(s_client, s_server, 443, i), Frame = new FrameRef(0, i), Time = Timestamp.FromSeconds(i * seconds), Direction = Direction.ToResponder,
        IsFromClient = true, IsFatal = true, Description = 48,
    })];

    private static FlowEnded Ended(ushort port, params string[] services)
    {
        FlowId flow = Flow(s_client, s_server, port, 7);
        return new FlowEnded
        {
            Flow = flow,
            Frame = flow.First,
            Time = default,
            Last = default,
            LastFrame = flow.First,
            Services = services,
            ToResponder = Totals(100),
            ToOriginator = Totals(100),
            State = ConnState.SF,
            History = "ShADadFf",
        };
    }

    private static DirectionTotals Totals(long bytes) => new() { Packets = 5, IpBytes = 300, PayloadBytes = bytes };
}
