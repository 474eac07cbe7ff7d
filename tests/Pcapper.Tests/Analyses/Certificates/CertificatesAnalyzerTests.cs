using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Certificates;
using Pcapper.Packets;
using Pcapper.Tests.Protocols.X509;
using Xunit;

namespace Pcapper.Tests.Analyses.Certificates;

public sealed class CertificatesAnalyzerTests
{
    private const string Issuer = "CN=Example CA";

    private static readonly DateTimeOffset s_from = TestCertificates.From;
    private static readonly Timestamp s_during = Timestamp.FromSeconds(TestCertificates.From.AddDays(100).ToUnixTimeSeconds());

    private static readonly byte[][] s_certificates =
    [
        TestCertificates.Make("CN=one.example"), TestCertificates.Make("CN=two.example", "two.example", "three.example"),
        Issued("CN=four.example"), TestCertificates.Full(), [1, 2, 3],
    ];

    private static readonly Gen<CertificateSeen> s_seen =
        from which in Gen.Int[0, s_certificates.Length - 1]
        from server in Gen.Int[1, 3]
        from frame in Gen.Long[1, 40]
        from position in Gen.Int[0, 1]
        from client in Gen.Bool
        from name in Gen.OneOf<string?>(null, "one.example", "other.example")
        from days in Gen.OneOf(-10, 10, 1000)
        select Seen(s_certificates[which], Timestamp.FromSeconds(s_from.AddDays(days).ToUnixTimeSeconds()), name, $"93.184.216.{server}", frame) with
        {
            Position = position,
            ChainLength = 2,
            IsClient = client,
            IssuerSha256 = position == 0 ? "00" : null,
        };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<CertificatesAnalyzer, CertificateSeen>(s_seen, 40);

    [Fact]
    public void A_good_certificate_is_silent()
        => Assert.Empty(Conclude(Seen(Issued("CN=www.example.com", "www.example.com"), name: "www.example.com")).Findings);

    [Fact]
    public void A_self_signed_leaf_is_found_a_root_in_a_chain_is_not()
    {
        byte[] own = TestCertificates.Make("CN=www.example.com");
        Finding finding = Assert.Single(Conclude(Seen(own)).Findings);
        Assert.Equal(CertificateFindings.SelfSigned, finding.Type);
        Assert.Equal(Severity.Medium, finding.Severity);
        Assert.Contains("its own key verifies", finding.Summary, StringComparison.Ordinal);
        Assert.Equal("(ip.src == 93.184.216.34 && (tls.handshake.type == 11 || dtls.handshake.type == 11)) || (frame.number in {9})", finding.DisplayFilter);
        Assert.Empty(Conclude(Seen(own) with { Position = 1, ChainLength = 2 }).Findings);
    }

    [Theory]
    [InlineData(-1, "certificates.not-yet-valid")]
    [InlineData(0, null)]
    [InlineData(364, null)]
    [InlineData(366, "certificates.expired")]
    public void Validity_is_judged_at_the_time_of_the_capture(int day, string? expected)
    {
        Conclusions conclusions = Conclude(Seen(Issued("CN=www.example.com"), Timestamp.FromSeconds(s_from.AddDays(day).ToUnixTimeSeconds())));
        Assert.Equal(expected, conclusions.Findings.SingleOrDefault()?.Type.Id);
    }

    [Fact]
    public void A_certificate_for_another_name_is_found()
    {
        Finding finding = Assert.Single(Conclude(Seen(Issued("CN=www.example.com", "www.example.com"), name: "bank.example")).Findings);
        Assert.Equal(CertificateFindings.NameMismatch, finding.Type);
        Assert.Equal("asked for bank.example, the certificate is for www.example.com", finding.Summary);
    }

    [Fact]
    public void A_short_RSA_key_is_weak_a_short_EC_key_is_not()
    {
        byte[] weak = TestCertificates.Issued("CN=a", Issuer, [1], s_from, s_from.AddDays(365), isSmall: true);
        Assert.Equal(CertificateFindings.WeakKey, Assert.Single(Conclude(Seen(weak)).Findings).Type);
        Assert.DoesNotContain(Conclude(Seen(TestCertificates.Make("CN=a"))).Findings, f => f.Type == CertificateFindings.WeakKey);
    }

    [Fact]
    public void A_broken_hash_is_found()
    {
        byte[] broken = TestCertificates.WithSha1(Issued("CN=a"));
        Assert.Equal(CertificateFindings.BrokenHash, Assert.Single(Conclude(Seen(broken)).Findings).Type);
    }

    [Fact]
    public void The_default_certificates_of_attack_tools_are_found()
    {
        byte[] strike = TestCertificates.Issued("CN=Major Cobalt Strike", Issuer, [0x08, 0xBB, 0x00, 0xEE], s_from, s_from.AddDays(365));
        Conclusions conclusions = Conclude(Seen(strike));
        Assert.Equal(CertificateFindings.AttackTool, Assert.Single(conclusions.Findings).Type);
        Assert.Contains(conclusions.Indicators, i => i is { Kind: IndicatorKind.Address, Value: "93.184.216.34", Finding: not null });
        Assert.Equal(CertificateFindings.AttackTool, Assert.Single(Conclude(Seen(TestCertificates.Make("CN=AsyncRAT Server"))).Findings).Type);
        Assert.DoesNotContain(Conclude(Seen(TestCertificates.Make("CN=AsyncRAT Servers"))).Findings, f => f.Type == CertificateFindings.AttackTool);
    }

    [Theory]
    [InlineData("xK3f9Qz81LmW2v", true)]
    [InlineData("fileserver01", false)]
    [InlineData("Internal Root", false)]
    [InlineData("localhost", false)]
    [InlineData("www.xk3f9qz81lmw2v.example", false)]
    public void A_random_name_is_only_noted(string name, bool expected)
    {
        Finding? finding = Conclude(Seen(TestCertificates.Make("CN=" + name))).Findings.SingleOrDefault(f => f.Type == CertificateFindings.RandomName);
        Assert.Equal(expected, finding is not null);
        Assert.Equal(Severity.Info, finding?.Severity ?? Severity.Info);
    }

    [Fact]
    public void A_validity_of_hours_is_noted()
    {
        byte[] brief = TestCertificates.Issued("CN=a", Issuer, [1], s_from, s_from.AddHours(20));
        Finding finding = Assert.Single(Conclude(Seen(brief, Timestamp.FromSeconds(s_from.AddHours(1).ToUnixTimeSeconds()))).Findings);
        Assert.Equal(CertificateFindings.ShortValidity, finding.Type);
    }

    [Fact]
    public void What_is_no_certificate_is_counted()
    {
        Conclusions conclusions = Conclude(Seen([1, 2, 3]));
        Assert.Empty(conclusions.Findings);
        Assert.Contains(conclusions.Section.Blocks.OfType<NoteBlock>(), note => note.Text.Contains("could not be read", StringComparison.Ordinal));
    }

    private static byte[] Issued(string subject, params string[] names)
        => TestCertificates.Issued(subject, Issuer, [1], s_from, s_from.AddDays(365), dnsNames: names);

    private static CertificateSeen Seen(byte[] der, Timestamp? time = null, string? name = null, string server = "93.184.216.34", long frame = 9) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse("10.0.0.5"), 49152, IpAddress.Parse(server), 443, IpProtocol.Tcp, default), new FrameRef(0, frame)),
        Frame = new FrameRef(0, frame),
        Time = time ?? s_during,
        Der = der,
        Position = 0,
        ChainLength = 1,
        IsClient = false,
        ServerName = name,
    };

    private static Conclusions Conclude(params CertificateSeen[] records)
    {
        var analyzer = new CertificatesAnalyzer();
        Array.ForEach(records, analyzer.Consume);
        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }
}
