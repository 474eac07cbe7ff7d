using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests;

public sealed class FindingTests
{
    private static readonly FindingType s_low = new("b.low", "Low", Severity.Low) { Unless = "it is a test" };
    private static readonly FindingType s_high = new("a.high", "High", Severity.High, "T1040", "T1041");

    [Fact]
    public void Report_order_is_severity_then_type_then_subject()
    {
        Finding[] findings =
        [
            Make(s_low, "b"), Make(s_low, "a"), Make(s_high, "z"), Make(s_low, "c") with { Raised = Severity.Critical }, Make(s_high, "Z"),
        ];
        var document = new ReportDocument(new ReportHeader("pcapper", "1", []), [], findings);
        string order = string.Join(", ", document.Findings.Select(finding => $"{finding.Id} {finding.Subject}"));
        Assert.Equal("F1 c, F2 Z, F3 z, F4 a, F5 b", order);
    }

    [Fact]
    public void Evidence_and_times_come_from_parts()
    {
        var frames = new FrameSample();
        for (int i = 1; i <= 12; i++)
        {
            frames.Add(new FrameRef(0, i));
        }

        var extent = new Extent();
        extent.Add(new Timestamp(3), default);
        extent.Add(new Timestamp(7), default);
        Finding finding = Make(s_low, "x").WithEvidence(frames).During(extent);
        Assert.Equal((10, 12L), (finding.Evidence.Count, finding.EvidenceTotal));
        Assert.Equal((3L, 7L), (finding.First!.Value.Nanoseconds, finding.Last!.Value.Nanoseconds));
        Assert.Equal("it is a test", finding.Unless);
        Assert.Equal("b", finding.Type.Module);
    }

    [Fact]
    public void Capture_quality_follows_its_worst_number()
    {
        CaptureSummary good = SampleReport.Capture(0, "x");
        Assert.Equal(CaptureQuality.Good, good.Quality);
        Assert.Equal(CaptureQuality.Fair, (good with { MissingBytes = 20 }).Quality);
        Assert.Equal(CaptureQuality.Poor, (good with { Dropped = 5_000 }).Quality);
        Assert.Equal(CaptureQuality.Fair, (good with { OneSidedFlows = 200 }).Quality);
        Assert.Equal(CaptureQuality.Poor, (good with { Problem = "cut" }).Quality);
    }

    [Fact]
    public void A_module_that_did_not_run_has_an_empty_state() => Assert.NotNull(new Conclusions().Of<Empty>());

    [Fact]
    public void Sections_refuse_ids_that_machines_could_not_use()
    {
        var section = new Section("dns", "DNS");
        section.Fact("queries", "queries", 1);
        Assert.Throws<ArgumentException>(() => section.Fact("queries", "again", 2));
        Assert.Throws<ArgumentException>(() => section.Fact("Not Snake", "x", 2));
        Assert.Throws<ArgumentException>(() => section.Table("t", "t", new Column("a", "a"), new Column("a", "b")));
        Assert.Throws<ArgumentException>(() => section.Table("u", "u", new Column("a", "a")).Row(1, 2));
    }

    [Theory]
    [InlineData("office-day.pcapng", "office-day.pcapng")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(id)", "'$(id)'")]
    [InlineData("", "''")]
    [InlineData("a\u001b'b", "$'a\\x1b\\x27b'")]
    public void Arguments_can_be_pasted(string argument, string quoted) => Assert.Equal(quoted, ShellText.Quote(argument));

    private static Finding Make(FindingType type, string subject) => new() { Type = type, Subject = subject, Summary = "s" };

    private sealed class Empty : AnalyzerState;
}
