using Pcapper.Engine;
using Pcapper.Tests.Reporting;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Samples;

/// <summary>The sample capture is what its generator makes, and its reports are what they were when they were read last.</summary>
public sealed class SampleTests
{
    private static readonly byte[] s_capture = OfficeDay.Build();
    private static readonly Lazy<RunOutcome> s_outcome = new(() => Analysis.Of(s_capture));

    [Fact]
    public void The_committed_capture_is_what_the_generator_makes() => Golden.Matches("samples/office-day.pcapng", s_capture);

    [Fact]
    public void The_text_report_stays() => GoldenReport.Text("office-day", s_outcome.Value);

    [Fact]
    public void The_Markdown_report_stays() => GoldenReport.Markdown("office-day", s_outcome.Value);

    [Fact]
    public void The_JSON_report_stays_and_is_valid() => GoldenReport.Json("office-day", s_outcome.Value);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    public void Any_number_of_workers_gives_the_same_bytes(int workers)
        => Assert.Equal(Analysis.Json(s_outcome.Value), Analysis.Json(Analysis.Of(s_capture, workers)));
}
