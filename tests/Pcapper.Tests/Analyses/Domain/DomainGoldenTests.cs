using Pcapper.Engine;
using Pcapper.Tests.Reporting;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Analyses.Domain;

/// <summary>The reports of a network with a domain are what they were when they were read last.</summary>
public sealed class DomainGoldenTests
{
    private static readonly HashSet<string> s_module = ["domain"];
    private static readonly byte[] s_capture = CorpNetwork.Build();
    private static readonly Lazy<RunOutcome> s_outcome = new(() => Analysis.Of(s_capture, modules: s_module));

    [Fact]
    public void The_text_report_stays() => GoldenReport.Text("domain", s_outcome.Value);

    [Fact]
    public void The_Markdown_report_stays() => GoldenReport.Markdown("domain", s_outcome.Value);

    [Fact]
    public void The_JSON_report_stays_and_is_valid() => GoldenReport.Json("domain", s_outcome.Value);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Any_number_of_workers_gives_the_same_bytes(int workers)
        => Assert.Equal(Analysis.Json(s_outcome.Value), Analysis.Json(Analysis.Of(s_capture, workers, s_module)));

    [Fact]
    public void The_first_screen_says_whose_network_it_is()
        => Assert.Equal(["corp.example: controller dc1.corp.example (10.0.0.10), 2 other computers, 1 user"], Analysis.Of(s_capture).Overview.Domains);
}
