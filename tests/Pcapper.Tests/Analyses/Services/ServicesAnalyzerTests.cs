using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Services;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Analyses.Services;

public sealed class ServicesAnalyzerTests
{
    private static readonly Timestamp s_2026 = Timestamp.FromSeconds(1_767_225_600);

    private static readonly Gen<FlowEnded> s_flow =
        from client in Gen.Int[1, 4]
        from isPublic in Gen.Bool
        from server in Gen.Int[1, 3]
        from port in Gen.OneOf<ushort>(22, 23, 3306, 50000)
        from frame in Gen.Long[1, 40]
        from service in Gen.OneOf("", "telnet", "ftp/tls", "mysql")
        from bytes in Gen.Int[0, 2]
        from guessed in Gen.Bool
        select Flow(isPublic ? $"8.8.8.{client}" : $"10.0.0.{client}", $"10.0.1.{server}", port, service, bytes, bytes, frame) with { IsGuessed = guessed };

    private static readonly Gen<SoftwareSeen> s_software =
        from host in Gen.Int[1, 3]
        from port in Gen.OneOf<ushort>(0, 22, 23)
        from frame in Gen.Long[1, 40]
        from banner in Gen.Int[1, 30]
        select Software($"10.0.1.{host}", port, $"PHP/5.{banner}", frame);

    private static readonly Gen<UnauthenticatedAccess> s_access =
        from client in Gen.Int[1, 30]
        from server in Gen.Int[1, 3]
        from frame in Gen.Long[1, 40]
        select Access($"10.0.0.{client}", $"10.0.1.{server}", frame);

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split()
        => Laws.Hold<ServicesAnalyzer>(Gen.OneOf(Laws.Emit(s_flow), Laws.Emit(s_software), Laws.Emit(s_access)));

    [Fact]
    public void An_attempt_that_was_not_answered_or_refused_is_no_service()
    {
        FlowEnded flow = Flow("10.0.0.1", "10.0.1.1", 22, "", 0, 0);
        Assert.Empty(Rows(flow with { State = ConnState.S0, ResponderFlags = TcpFlags.None }));
        Assert.Empty(Rows(flow with { State = ConnState.REJ, ResponderFlags = TcpFlags.Rst | TcpFlags.Ack }));
        Assert.Single(Rows(flow));
    }

    [Fact]
    public void An_attempt_that_was_answered_but_not_completed_shows_an_open_port_and_counts_for_nothing_else()
    {
        FlowEnded flow = Flow("10.0.0.1", "10.0.1.1", 22, "", 0, 0);
        FlowEnded attempt = flow with { State = ConnState.S1, OriginatorFlags = TcpFlags.Syn, ResponderFlags = TcpFlags.Syn | TcpFlags.Ack };
        IReadOnlyList<Cell> row = Assert.Single(Rows(attempt));
        Assert.Equal(("half-open only", 0L), (row[11].String, row[6].Long));
        row = Assert.Single(Rows(attempt, flow));
        Assert.Equal(("handshake only", 1L), (row[11].String, row[6].Long));
    }

    [Fact]
    public void A_service_that_is_only_open_is_a_guess_by_its_port()
    {
        IReadOnlyList<Cell> row = Assert.Single(Rows(Flow("10.0.0.1", "10.0.1.1", 22, "", 0, 0)));
        Assert.Equal(["ssh?"], row[3].Strings);
        Assert.Equal("handshake only", row[11].String);
    }

    [Fact]
    public void What_is_spoken_comes_before_what_is_usual()
        => Assert.Equal(["http"], Assert.Single(Rows(Flow("10.0.0.1", "10.0.1.1", 22, "http", 10, 10)))[3].Strings);

    [Fact]
    public void A_client_port_of_a_flow_that_began_before_the_capture_is_no_service()
        => Assert.Empty(Rows(Flow("10.0.0.1", "10.0.1.1", 50000, "", 10, 10) with { IsGuessed = true }));

    [Theory]
    [InlineData("telnet", 10, Severity.Medium)]
    [InlineData("ftp", 10, Severity.Low)]
    [InlineData("vnc", 10, Severity.Low)]
    public void Login_in_the_clear_is_found(string service, int bytes, Severity severity)
    {
        Finding finding = Assert.Single(Findings(Flow("10.0.0.1", "10.0.1.1", 4000, service, bytes, 10)));
        Assert.Equal(ServicesFindings.ClearText, finding.Type);
        Assert.Equal(severity, finding.Severity);
    }

    [Theory]
    [InlineData("telnet", 0)]
    [InlineData("ftp/tls", 10)]
    [InlineData("ssh", 10)]
    public void Login_that_is_encrypted_or_not_used_is_not_found(string service, int bytes)
        => Assert.Empty(Findings(Flow("10.0.0.1", "10.0.1.1", 4000, service, bytes, 10)));

    [Fact]
    public void A_database_used_from_the_Internet_is_found()
    {
        Finding finding = Assert.Single(Findings(Flow("8.8.8.8", "10.0.1.1", 4000, "mysql", 10, 10)));
        Assert.Equal(ServicesFindings.Exposed, finding.Type);
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal("ip.addr == 10.0.1.1 && tcp.port == 4000 && ip.addr == 8.8.8.8", finding.DisplayFilter);
    }

    [Fact]
    public void A_guess_by_the_port_is_a_weaker_finding()
        => Assert.Equal(Severity.Medium, Assert.Single(Findings(Flow("8.8.8.8", "10.0.1.1", 502, "", 10, 10))).Severity);

    [Theory]
    [InlineData("10.0.0.1", "10.0.1.1", "mysql", 10)]
    [InlineData("8.8.8.8", "10.0.1.1", "http", 10)]
    [InlineData("8.8.8.8", "10.0.1.1", "mysql", 0)]
    [InlineData("8.8.8.8", "9.9.9.9", "mysql", 10)]
    public void Inside_use_web_servers_and_attempts_are_not_found(string client, string server, string service, int answer)
        => Assert.Empty(Findings(Flow(client, server, 4000, service, 10, answer)));

    [Theory]
    [InlineData("Apache/2.2.15 (CentOS)", true)]
    [InlineData("Apache/2.4.41 (Ubuntu) PHP/5.6.40", true)]
    [InlineData("Microsoft-IIS/7.5", true)]
    [InlineData("OpenSSH_4.3", true)]
    [InlineData("nginx/0.8.54", true)]
    [InlineData("MySQL/5.5.62", true)]
    [InlineData("Apache/2.4.41 (Ubuntu)", false)]
    [InlineData("Microsoft-IIS/10.0", false)]
    [InlineData("OpenSSH_9.2p1 Debian-2", false)]
    [InlineData("nginx/1.22.1", false)]
    [InlineData("PHP", false)]
    [InlineData("Apache", false)]
    public void Software_past_its_end_of_life_is_found(string banner, bool isFound)
    {
        List<Finding> findings = Findings(Flow("10.0.0.1", "10.0.1.1", 80, "http", 10, 10), Software("10.0.1.1", 80, banner, 7));
        Assert.Equal(isFound ? 1 : 0, findings.Count(f => f.Type == ServicesFindings.EndOfLife));
    }

    [Fact]
    public void Software_that_was_still_mended_when_captured_is_not_found()
        => Assert.Empty(Findings(
            Flow("10.0.0.1", "10.0.1.1", 80, "http", 10, 10) with { Time = Timestamp.FromSeconds(1_400_000_000) }, Software("10.0.1.1", 80, "PHP/5.6.40", 7)));

    [Fact]
    public void Old_software_of_a_server_on_the_Internet_is_not_ours_to_mend()
        => Assert.Empty(Findings(Flow("10.0.0.1", "9.9.9.9", 80, "http", 10, 10), Software("9.9.9.9", 80, "PHP/5.6.40", 7)));

    [Theory]
    [InlineData("10.0.0.1", Severity.Medium)]
    [InlineData("8.8.8.8", Severity.High)]
    public void A_server_without_password_is_found(string client, Severity severity)
    {
        Finding finding = Assert.Single(Findings(Access(client, "10.0.1.1", 3)));
        Assert.Equal(ServicesFindings.WithoutPassword, finding.Type);
        Assert.Equal(severity, finding.Severity);
        Assert.Equal(new FrameRef(0, 3), Assert.Single(finding.Evidence));
    }

    [Theory]
    [InlineData("OpenSSH_9.2p1 Debian-2", "OpenSSH 9.2p1")]
    [InlineData("Apache/2.4.41 (Ubuntu) PHP/7.4.3", "Apache 2.4.41, PHP 7.4.3")]
    [InlineData("vsFTPd 3.0.3", "vsFTPd 3.0.3")]
    [InlineData("Exim 4.96.2", "Exim 4.96.2")]
    [InlineData("Microsoft ESMTP MAIL Service, Version: 6.0.3790.4675", "Service 6.0.3790.4675")]
    [InlineData("cloudflare", "cloudflare")]
    [InlineData("", "")]
    public void Products_are_read_out_of_banners(string banner, string expected)
    {
        List<string> rows = [.. Rows(Flow("10.0.0.1", "10.0.1.1", 80, "http", 10, 10), Software("10.0.1.1", 80, banner, 7)).SelectMany(r => r[4].Strings)];
        Assert.Equal(expected, string.Join(", ", rows));
    }

    private static FlowEnded Flow(string client, string server, ushort port, string service, int there, int back, long frame = 1) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse(client), 40000, IpAddress.Parse(server), port, IpProtocol.Tcp, default), new FrameRef(0, frame)),
        Frame = new FrameRef(0, frame),
        Time = s_2026,
        Last = s_2026,
        LastFrame = new FrameRef(0, frame),
        Services = service.Length == 0 ? [] : service.Split('/'),
        State = ConnState.SF,
        History = "",
        OriginatorFlags = TcpFlags.Syn | TcpFlags.Ack,
        ResponderFlags = TcpFlags.Syn | TcpFlags.Ack,
        ToResponder = new DirectionTotals { Packets = 3, IpBytes = 120 + there, PayloadBytes = there },
        ToOriginator = new DirectionTotals { Packets = 3, IpBytes = 120 + back, PayloadBytes = back },
    };

    private static SoftwareSeen Software(string host, ushort port, string banner, long frame) => new()
    {
        Flow = Flow("10.0.0.1", host, port, "", 0, 0, frame).Flow,
        Frame = new FrameRef(0, frame),
        Time = s_2026,
        Host = IpAddress.Parse(host),
        Port = port,
        Protocol = "http",
        Banner = banner,
    };

    private static UnauthenticatedAccess Access(string client, string server, long frame) => new()
    {
        Flow = Flow(client, server, 6379, "redis", 1, 1, frame).Flow,
        Frame = new FrameRef(0, frame),
        Time = s_2026,
        Protocol = "redis",
        Server = IpAddress.Parse(server),
        Port = 6379,
        Client = IpAddress.Parse(client),
        How = "answered commands without AUTH",
    };

    private static Conclusions Conclude(params ProtocolRecord[] records)
    {
        var analyzer = new ServicesAnalyzer();
        foreach (ProtocolRecord record in records)
        {
            switch (record)
            {
                case FlowEnded flow:
                    analyzer.Consume(flow);
                    break;
                case SoftwareSeen software:
                    analyzer.Consume(software);
                    break;
                case UnauthenticatedAccess access:
                    analyzer.Consume(access);
                    break;
            }
        }

        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }

    private static List<Finding> Findings(params ProtocolRecord[] records) => [.. Conclude(records).Findings];

    private static IReadOnlyList<IReadOnlyList<Cell>> Rows(params ProtocolRecord[] records)
        => Conclude(records).Section.Blocks.OfType<Table>().SingleOrDefault(t => t.Id.EndsWith(".servers", StringComparison.Ordinal))?.Rows ?? [];
}
