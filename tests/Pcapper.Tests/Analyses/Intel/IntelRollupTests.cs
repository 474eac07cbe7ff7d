using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Modules.Analyses.Intel;
using Pcapper.Packets;
using Pcapper.Tests.Analyses.Domain;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Dns;
using Xunit;
using L = Pcapper.Tests.Protocols.Ldap.LdapBytes;

namespace Pcapper.Tests.Analyses.Intel;

public sealed class IntelRollupTests
{
    private const string Host = "10.0.0.5";

    [Fact]
    public void Nothing_is_there_that_nobody_asked_for()
        => Assert.DoesNotContain(Conclude(Web("192.31.196.7", "www.example.com"), null).Sections, s => s.Module == IntelRollup.Name);

    [Fact]
    public void Public_addresses_names_and_files_are_asked_about()
    {
        var oracle = new Oracle();
        Conclude(Web("192.31.196.7", "WWW.Example.com."), oracle);
        Assert.Equal(["Address 192.31.196.7", "Domain www.example.com"], oracle.Asked.Where(a => a[0] != 'S'));
        // A short answer can be guessed from its hash; a program cannot.
        Assert.DoesNotContain(oracle.Asked, a => a[0] == 'S');
        Conclude(Capture.New().Tcp($"{Host}:49152", "192.31.196.7:80", t => t
            .Says("GET /a.exe HTTP/1.1\r\nHost: www.example.com\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n").Replies(((byte[])[.. Heads.Pe(), .. new byte[400]])[..400]).Closes()).ToPcap(), oracle);
        Assert.StartsWith("Sha256 ", Assert.Single(oracle.Asked, a => a[0] == 'S'), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.9")]
    [InlineData("192.168.1.1")]
    [InlineData("172.31.0.1")]
    [InlineData("100.64.0.9")]
    [InlineData("169.254.1.1")]
    [InlineData("127.0.0.1")]
    [InlineData("203.0.113.9")]
    [InlineData("198.18.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("8.8.8.8")]
    [InlineData("fd00::9")]
    [InlineData("fe80::9")]
    [InlineData("2001:db8::9")]
    [InlineData("2002:a00:9::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("64:ff9b::a00:9")]
    public void Addresses_that_are_not_for_everybody_are_not(string server)
    {
        var oracle = new Oracle();
        bool isSix = server.Contains(':', StringComparison.Ordinal);
        Conclude(Capture.New().Tcp(isSix ? "[fd00::5]:50000" : $"{Host}:50000", isSix ? $"[{server}]:80" : $"{server}:80", t => t.Says("GET / HTTP/1.1\r\nHost: " + server + "\r\n\r\n").Replies("HTTP/1.1 204 No Content\r\n\r\n").Closes()).ToPcap(), oracle);
        Assert.DoesNotContain(oracle.Asked, a => a.StartsWith("Address", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fileserver")]
    [InlineData("printer.local")]
    [InlineData("nas.lan")]
    [InlineData("wiki.internal")]
    [InlineData("dc1.corp")]
    [InlineData("x.home.arpa")]
    [InlineData("9.0.0.10.in-addr.arpa")]
    [InlineData("a.b.ip6.arpa")]
    [InlineData("www.test")]
    [InlineData("www.example")]
    [InlineData("hidden.onion")]
    [InlineData("host.localdomain")]
    [InlineData("box.fritz.nosuchtopleveldomain")]
    [InlineData("com")]
    [InlineData("co.uk")]
    [InlineData("wpad.example.com")]
    public void Names_that_are_not_for_everybody_are_not(string name)
    {
        var oracle = new Oracle();
        Conclude(Capture.New().Udp($"{Host}:50000", "10.0.0.53:53", u => u.Says(DnsBytes.Query(name)).Replies(DnsBytes.Response(name, DnsBytes.A, 7, 0x8180, DnsBytes.Address(0xC01FC407)))).ToPcap(), oracle);
        Assert.DoesNotContain(oracle.Asked, a => a.StartsWith("Domain", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_of_an_internal_address_is_not()
    {
        var oracle = new Oracle();
        Conclude(
            Capture.New()
                .Udp($"{Host}:50000", "10.0.0.53:53", u => u.Says(DnsBytes.Query("intranet.example.com")).Replies(DnsBytes.Response("intranet.example.com", DnsBytes.A, 7, 0x8180, DnsBytes.Address(0x0A000009))))
                .Udp($"{Host}:50001", "10.0.0.53:53", u => u.Says(DnsBytes.Query("shop.example.com")).Replies(DnsBytes.Response("shop.example.com", DnsBytes.A, 7, 0x8180, DnsBytes.Address(0xC01FC407)))).ToPcap(),
            oracle);
        Assert.Equal(["Domain shop.example.com"], oracle.Asked.Where(a => a.StartsWith("Domain", StringComparison.Ordinal)));
    }

    [Fact]
    public void Names_of_the_domain_of_the_network_are_not()
    {
        var oracle = new Oracle();
        Conclude(
            Capture.New()
                .Udp($"{Host}:50000", "10.0.0.10:389", u => u.Says(L.Search(1, "", 0, L.Equality("DnsDomain", "ad.example.com"), "netlogon"))
                    .Replies([.. L.Entry(1, "", ("netlogon", CorpNetwork.Netlogon("ad.example.com"))), .. L.Result(1, 5, 0)]))
                .Udp($"{Host}:50001", "10.0.0.53:53", u => u.Says(DnsBytes.Query("secret-project.ad.example.com")))
                .Udp($"{Host}:50002", "10.0.0.53:53", u => u.Says(DnsBytes.Query("www.example.com"))).ToPcap(),
            oracle);
        Assert.Equal(["Domain www.example.com"], oracle.Asked.Where(a => a.StartsWith("Domain", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("www.example.co.uk", "www.example.co.uk")]
    [InlineData("a.b.example.co.uk", "example.co.uk")]
    [InlineData("mzuw4zdfojswg5dfonzgk5a2.example.net", "mzuw4zdfojswg5dfonzgk5a2.example.net")]
    [InlineData("mzuw4zdfojswg5dfonzgk5a2x.example.net", "example.net")]
    public void No_more_than_one_short_label_of_a_host_is_handed_on(string name, string asked)
    {
        var oracle = new Oracle();
        Conclude(Capture.New().Udp($"{Host}:50000", "10.0.0.53:53", u => u.Says(DnsBytes.Query(name))).ToPcap(), oracle);
        Assert.Equal([$"Domain {asked}"], oracle.Asked);
    }

    [Fact]
    public void What_services_call_bad_is_a_finding_with_frames_and_an_indicator()
    {
        var oracle = new Oracle(q => q.Kind != IndicatorKind.Address ? [] :
        [
            new Reputation(q, "AbuseIPDB", ReputationState.Known) { Measures = [new("abuse score", 100), new("reports", 12)], Reported = Timestamp.FromSeconds(1_766_000_000) },
            new Reputation(q, "VirusTotal", ReputationState.Known) { Measures = [new("malicious", 7)], IsCached = true },
        ]);
        RunOutcome outcome = Conclude(Web("192.31.196.7", "www.example.com"), oracle);
        Finding finding = Assert.Single(outcome.Findings, f => f.Type.Id == "intel.known-bad");
        Assert.Equal((Severity.High, 90, $"{Host} > 192.31.196.7"), (finding.Severity, finding.Confidence, finding.Subject));
        Assert.Equal("address known to AbuseIPDB: abuse score 100, reports 12, last 2025-12-17; VirusTotal: malicious 7; seen 1 time (http)", finding.Summary);
        Assert.Equal(1, finding.Evidence[0].Number);
        Assert.Equal("ip.addr == 192.31.196.7", finding.DisplayFilter);
        Observable indicator = Assert.Single(outcome.Observables, o => o.Value == "192.31.196.7");
        Assert.Equal(["intel.known-bad"], indicator.Findings.Select(f => f.Type.Id));
        Assert.Contains("Known to reputation services as bad", outcome.Overview.Verdict!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_only_called_by_a_bad_address_is_not_to_blame()
    {
        var oracle = new Oracle(q => [new Reputation(q, "AbuseIPDB", ReputationState.Known) { Measures = [new("abuse score", 100)] }]);
        byte[] capture = Capture.New().Tcp("192.31.196.7:50000", $"{Host}:22", t => t.Says("SSH-2.0-x\r\n").Replies("SSH-2.0-y\r\n").Closes()).ToPcap();
        Finding finding = Assert.Single(Conclude(capture, oracle).Findings, f => f.Type.Id == "intel.known-bad");
        Assert.Equal(("192.31.196.7 > 10.0.0.5", "192.31.196.7", Host), (finding.Subject, finding.Source.ToString(), finding.Destination.ToString()));
    }

    [Fact]
    public void With_nothing_to_ask_about_nobody_is_asked()
    {
        var oracle = new Oracle();
        Section section = Assert.Single(Conclude(Web("10.0.0.9", "nas.lan")[..24], oracle).Sections, s => s.Module == IntelRollup.Name);
        Assert.Equal("there is nothing to ask about", section.Lead);
        Assert.Empty(oracle.Asked);
    }

    [Theory]
    [InlineData(null, 0, "abuse score", 24d)]
    [InlineData("Low", 30, "abuse score", 25d)]
    [InlineData("High", 75, "abuse score", 75d)]
    [InlineData(null, 0, "malicious", 1d)]
    [InlineData("Low", 30, "malicious", 2d)]
    [InlineData("High", 75, "malicious", 5d)]
    [InlineData(null, 0, "pulses", 2d)]
    [InlineData("Low", 30, "pulses", 500d)]
    public void How_bad_it_is_depends_on_the_numbers(string? severity, int confidence, string number, double value)
    {
        var question = new ReputationQuestion(IndicatorKind.Address, "192.31.196.7");
        var answer = new Reputation(question, "x", ReputationState.Known) { Measures = [new(number, value)] };
        Assert.Equal(severity is null ? null : (Enum.Parse<Severity>(severity), confidence), IntelJudge.Sum([answer]));
        Assert.Null(IntelJudge.Sum([answer with { IsTrusted = true }]));
        Assert.Null(IntelJudge.Sum([answer with { State = ReputationState.Unknown }]));
        if (severity is not null)
        {
            Assert.Equal(severity == "High" ? (Severity.High, 90) : (Severity.Medium, 50), IntelJudge.Sum([answer, new Reputation(question, "y", ReputationState.Known) { Measures = [new("pulses", 3)] }]));
        }
    }

    [Fact]
    public void No_more_values_than_allowed_are_asked_about_those_of_findings_first()
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 1; i <= 30; i++)
        {
            capture.Udp($"{Host}:{50_000 + i}", "10.0.0.53:53", u => u.Says(DnsBytes.Query($"h{i}.example.com")));
        }

        var oracle = new Oracle { Most = 7 };
        RunOutcome outcome = Conclude(capture.ToPcap(), oracle);
        Assert.Equal(7, oracle.Asked.Count);
        Section section = Assert.Single(outcome.Sections, s => s.Module == IntelRollup.Name);
        Assert.Contains(section.Blocks.OfType<NoteBlock>(), n => n.Text == "23 more values not asked about: no more than 7 are (PCAPPER_IP_INTEL_LIMIT).");
    }

    [Fact]
    public void What_is_asked_does_not_depend_on_the_number_of_workers()
    {
        byte[] capture = Web("192.31.196.7", "www.example.com");
        var one = new Oracle();
        var seven = new Oracle();
        Conclude(capture, one);
        Conclude(capture, seven, workers: 7);
        Assert.Equal(one.Asked, seven.Asked);
    }

    private static byte[] Web(string server, string host) => Capture.New()
        .Tcp($"{Host}:50000", $"{server}:80", t => t.Says($"GET /a HTTP/1.1\r\nHost: {host}\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").Closes()).ToPcap();

    private static RunOutcome Conclude(byte[] capture, IReputation? reputation, int workers = 1)
        => Run.Analyze(
            [new CaptureSource("test.pcap", capture.Length, index => CaptureFile.Open(new MemoryStream(capture), index))],
            new Catalog(),
            new RunOptions { Workers = workers, Modules = new HashSet<string> { "overview", "dns", "http", "ioc", "intel", "threats" }, Reputation = reputation });

    private sealed class Oracle(Func<ReputationQuestion, Reputation[]>? answers = null) : IReputation
    {
        public List<string> Asked { get; } = [];

        public bool IsDryRun => false;

        public IReadOnlyList<string> Services => ["AbuseIPDB", "OTX", "VirusTotal"];

        public int Most { get; init; } = 100;

        public IReadOnlyList<string> Troubles => [];

        public IReadOnlyList<Reputation> LookUp(IReadOnlyList<ReputationQuestion> questions)
        {
            Asked.AddRange(questions.Select(q => $"{q.Kind} {q.Value}"));
            return [.. questions.SelectMany(q => answers?.Invoke(q) ?? [])];
        }
    }
}
