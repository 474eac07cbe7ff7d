using System.Globalization;
using System.Text;
using Pcapper.Modules.Analyses.Beacon;
using Xunit;

namespace Pcapper.Tests.Analyses.Beacon;

/// <summary>How well the score tells a rhythm from none, measured on synthetic series; <c>tools/beacon-roc</c> runs it, <c>docs/beacon-roc.md</c> is what it writes.</summary>
public sealed class BeaconRocTests
{
    private const int Without = 2000;
    private const int With = 200;
    private const double Threshold = 0.6;
    private const double Evidence = 5;

    private static readonly double[] s_jitter = [0, 0.1, 0.2, 0.3, 0.4, 0.5];
    private static readonly double[] s_missed = [0, 0.15, 0.3];
    private static readonly double[] s_background = [0, 0.2];

    [Fact]
    public void The_area_under_the_curve_is_0_98_with_twenty_beats()
    {
        var text = new StringBuilder();
        text.Append("# How well the beacon score tells a rhythm from none\n\nWritten by `tools/beacon-roc` (the class `BeaconRocTests`), the same in every run.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Rhythms: sleeps of 5 s to an hour, spread evenly by the jitter (to both sides, or only shorter), some beats missed, other events between; {With} series for each line. Without rhythm: {Without} series of as many events: at random, with long tails, in bursts as people make, faster and slower by turns. Bytes are drawn alike for both. *Area*: how often a series with a rhythm scores higher than one without. *Found*: how many would be told at the usual thresholds (score 60, evidence 5).\n");
        foreach (int beats in (int[])[8, 12, 20, 40])
        {
            double area = Measure(beats, text);
            if (beats >= 20)
            {
                Assert.InRange(area, 0.98, 1);
            }
        }

        Golden.Matches("docs/beacon-roc.md", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static double Measure(int beats, StringBuilder text)
    {
        var synthetic = new SyntheticBeats(beats);
        Rhythm?[] without = [.. Enumerable.Range(0, Without).Select(_ => Rhythm.Of(synthetic.Chance(beats)))];
        double[] scores = [.. without.Select(Score).Order()];
        var lines = new StringBuilder();
        double sum = 0;
        int cells = 0;
        foreach (double jitter in s_jitter)
        {
            foreach (double missed in s_missed)
            {
                foreach (double background in s_background)
                {
                    Rhythm?[] with = [.. Enumerable.Range(0, With).Select(_ => Rhythm.Of(synthetic.Beacon(beats, jitter, missed, background)))];
                    double area = with.Average(r => Area(Score(r), scores));
                    (sum, cells) = (sum + area, cells + 1);
                    lines.Append(CultureInfo.InvariantCulture, $"| {jitter * 100:F0} % | {missed * 100:F0} % | {background * 100:F0} % | {area:F3} | {with.Count(IsTold) * 100 / With} % |\n");
                }
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## {beats} beats\n\nArea over all lines: **{sum / cells:F3}**. Without rhythm, told at the usual thresholds: {without.Count(IsTold)} of {Without}.\n\n| jitter | missed | others | area | found |\n|---|---|---|---|---|\n{lines}");
        return sum / cells;
    }

    private static double Score(Rhythm? rhythm) => rhythm?.Score ?? 0;

    private static bool IsTold(Rhythm? rhythm) => rhythm is not null && rhythm.Score >= Threshold && rhythm.Evidence >= Evidence && rhythm.Beats.Count >= 8;

    private static double Area(double score, double[] sorted)
    {
        int below = sorted.Count(s => s < score);
        int equal = sorted.Count(s => s == score);
        return (below + (equal / 2.0)) / sorted.Length;
    }
}
