using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Modules.Analyses.Creds;
using Pcapper.Modules.Analyses.Overview;
using Pcapper.Modules.Analyses.Threats;
using Pcapper.Modules.Protocols.Ldap;
using Pcapper.Modules.Protocols.Smb;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Analyses.Threats;

public sealed class JudgementTests
{
    private static readonly FindingType s_critical = new("test.one", "First kind", Severity.Critical);
    private static readonly FindingType s_high = new("test.two", "Second kind", Severity.High);

    [Fact]
    public void Every_host_with_a_critical_finding_is_named()
    {
        Verdict verdict = Of(Finding(s_critical, "10.0.0.1", "10.0.0.9"), Finding(s_critical, "10.0.0.2", null), Finding(s_high, "10.0.0.3", null));

        Assert.Equal(VerdictLevel.LikelyCompromise, verdict.Level);
        Assert.Equal(["10.0.0.1", "10.0.0.2"], verdict.Hosts);
        Assert.Equal("2 hosts likely compromised or attacking: 10.0.0.1, 10.0.0.2", verdict.Text);
        Assert.Contains("10.0.0.1 > 10.0.0.9: First kind", verdict.Details);
    }

    [Fact]
    public void Where_many_acted_the_one_acted_on_is_named()
    {
        Verdict verdict = Of(Finding(s_critical, null, "10.0.0.9"));

        Assert.Equal(["10.0.0.9"], verdict.Hosts);
    }

    [Fact]
    public void Who_was_attacked_is_named()
    {
        FindingType attack = s_critical with { IsAgainst = true };
        Verdict verdict = Of(Finding(attack, "10.0.0.1", "10.0.0.9"), Finding(s_high with { IsAgainst = true }, "10.0.0.1", "10.0.0.1"), Finding(s_high, "10.0.0.1", "203.0.113.7"));

        Assert.Equal("one host likely compromised or attacking: 10.0.0.1; attacked: 10.0.0.9", verdict.Text);
        Assert.Equal(["10.0.0.1", "10.0.0.9"], verdict.Hosts);
    }

    [Theory]
    [InlineData(Severity.Medium, true, VerdictLevel.WeakPractice, "no sign of an attack; weak practice found: Bad habit")]
    [InlineData(Severity.High, true, VerdictLevel.Suspicious, "suspicious: Bad habit")]
    [InlineData(Severity.Medium, false, VerdictLevel.Suspicious, "suspicious: Bad habit")]
    [InlineData(Severity.Low, false, VerdictLevel.WeakPractice, "no sign of an attack; weak practice found")]
    [InlineData(Severity.Info, true, VerdictLevel.NothingFound, "nothing suspicious found")]
    public void Bad_practice_alone_makes_nobody_suspicious(Severity severity, bool isPractice, VerdictLevel level, string text)
    {
        Verdict verdict = Of(Finding(new FindingType("test.three", "Bad habit", severity) { IsPractice = isPractice }, "10.0.0.1", null));
        Assert.Equal((level, text), (verdict.Level, verdict.Text));
        Assert.Equal(VerdictLevel.Suspicious, Of(Finding(new FindingType("test.three", "Bad habit", severity) { IsPractice = isPractice }, "10.0.0.1", null), Finding(s_high, "10.0.0.2", null)).Level);
    }

    [Fact]
    public void SMB_1_and_readable_passwords_are_bad_practice()
        => Assert.All([SmbFindings.Version1, CredsFindings.CleartextPassword, LdapFindings.CleartextPassword], type => Assert.True(type.IsPractice));

    [Fact]
    public void Hosts_have_the_names_and_users_that_are_known()
    {
        var overview = new Overview();
        overview.Names["10.0.0.1"] = "WS-ANNA";
        overview.Users["10.0.0.1"] = ["anna@corp.example"];
        Verdict one = Of(10, overview, Finding(s_critical, "10.0.0.1", "10.0.0.9"));
        Assert.Equal("10.0.0.1: WS-ANNA, user anna@corp.example", one.Details[0]);
        Assert.Equal(["WS-ANNA", "anna@corp.example"], overview.Cases[0].Names.Concat(overview.Cases[0].Users));
        Verdict two = Of(10, overview, Finding(s_critical, "10.0.0.1", "10.0.0.9"), Finding(s_critical, "10.0.0.2", null));
        Assert.Contains("10.0.0.1 (WS-ANNA) > 10.0.0.9: First kind", two.Details);
        Assert.Contains("10.0.0.2: First kind", two.Details);
    }

    [Fact]
    public void Without_a_frame_there_is_no_verdict()
        => Assert.Equal(VerdictLevel.NothingRead, Of(frames: 0, new Overview()).Level);

    [Fact]
    public void What_no_module_judges_lowers_the_confidence_and_is_named()
    {
        var overview = new Overview();
        overview.Unjudged.Add(new TrafficRow("ftp", 90, 900, 0.9));
        Verdict verdict = Of(frames: 10, overview);

        Assert.Equal("low", verdict.Confidence);
        Assert.Equal(["contents not judged: ftp (90 flows, 90 % of the bytes)"], verdict.Details);
    }

    [Fact]
    public void What_is_said_to_be_unjudged_is_recognised()
    {
        string[] known = [.. new Catalog().Protocols.Select(p => p.Name), "unknown (tcp)", "unknown (udp)"];
        Assert.All(OverviewAnalyzer.Unjudged, name => Assert.Contains(name, known));
    }

    private static Verdict Of(params IReadOnlyList<Finding> findings) => Of(10, new Overview(), findings);

    private static Verdict Of(long frames, Overview overview, params IReadOnlyList<Finding> findings)
    {
        var capture = new CaptureSummary { Index = 0, Path = "test.pcap", Format = "pcap", Frames = frames, Flows = 100 };
        var rollup = new ThreatsRollup();
        var conclusions = new Conclusions(rollup.Info, [capture], new Dictionary<Type, AnalyzerState>(), overview);
        rollup.Conclude(findings, [], conclusions);
        return overview.Verdict!;
    }

    private static Finding Finding(FindingType type, string? source, string? destination) => new()
    {
        Type = type,
        Subject = "subject",
        Summary = "summary",
        Source = source is null ? null : IpAddress.Parse(source),
        Destination = destination is null ? null : IpAddress.Parse(destination),
    };
}
