using CsCheck;
using Pcapper.Modules.Analyses.Beacon;
using Xunit;

namespace Pcapper.Tests.Analyses.Beacon;

public sealed class RitaScoreTests
{
    private const long Day = 86_400;

    private static readonly Gen<(long[] Times, long[] Bytes)> s_series =
        from kind in Gen.Int[0, 2]
        from period in Gen.Int[1, 7200]
        from steps in Gen.Int[0, 1000].Array[0, 120]
        from bytes in Gen.OneOf(Gen.Long[0, 3], Gen.Long[0, 5000], Gen.Const(185L)).Array[121]
        select (Times(kind, period, steps), bytes[..(steps.Length + 1)]);

    [Fact]
    public void The_score_agrees_with_one_that_was_written_from_the_description()
        => Gen.Select(s_series, Gen.Long[0, 3 * Day]).Always(
            (series, more) =>
            {
                long last = series.Times[^1] + more;
                double? expected = RitaOracle.Score(series.Times, series.Bytes, 0, last);
                double? actual = RitaScore.Of(series.Times, series.Bytes, 0, last)?.Score;
                Assert.Equal(expected is null, actual is null);
                Assert.InRange(Math.Abs((expected ?? 0) - (actual ?? 0)), 0, 0.001 + 1e-9);   // the last digit, where a half is rounded
            },
            iterations: 5000);

    [Fact]
    public void A_connection_each_minute_of_a_day_scores_one()
    {
        long[] times = [.. Enumerable.Range(0, 1440).Select(i => i * 60L)];
        Assert.Equal(new RitaScore(1, 1, 1, 1), RitaScore.Of(times, [.. times.Select(_ => 500L)], 0, Day - 60));
    }

    [Fact]
    public void A_beacon_of_minutes_scores_low_in_a_day_and_three_connections_have_no_score()
    {
        long[] times = [.. Enumerable.Range(0, 30).Select(i => i * 10L)];
        RitaScore score = RitaScore.Of(times, [.. times.Select(_ => 500L)], 0, Day)!;
        Assert.Equal((1.0, 1.0, 0.0, 0.0), (score.Timestamps, score.Sizes, score.Histogram, score.Duration));
        Assert.Equal(0.5, score.Score);
        Assert.Null(RitaScore.Of([0, 10, 20], [1, 1, 1], 0, Day));
        Assert.Null(RitaScore.Of([0, 0, 10, 20], [1, 1, 1, 1], 0, Day));
    }

    private static long[] Times(int kind, int period, int[] steps)
    {
        var times = new long[steps.Length + 1];
        for (int i = 0; i < steps.Length; i++)
        {
            long step = kind switch
            {
                0 => period,
                1 => period + (steps[i] % Math.Max(1, period / 5)),
                _ => steps[i],
            };
            times[i + 1] = times[i] + step;
        }

        return times;
    }
}
