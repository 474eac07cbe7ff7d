namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>
/// RITA's beacon score, version 5 (activecm/rita, <c>analysis/beacons.go</c> and the defaults of its configuration): four parts that weigh the
/// same, each rounded to three decimals as it rounds them.
/// </summary>
/// <param name="Timestamps">How symmetric and narrow the intervals are.</param>
/// <param name="Sizes">The same of the bytes that the client sent in each connection.</param>
/// <param name="Histogram">How even the connections are over 24 parts of the data set's time.</param>
/// <param name="Duration">How much of that time they cover.</param>
internal sealed record RitaScore(double Timestamps, double Sizes, double Histogram, double Duration)
{
    private const int Bins = 24;
    private const double ModeSensitivity = 0.05;
    private const int Outliers = 1;
    private const int LeastBinsForModes = 11;
    private const int LeastBinsForDuration = 6;
    private const double IdealRun = 12;
    private const int LeastTimes = 4;
    private const int LeastIntervals = 3;
    private const double LeastSpread = 10;

    /// <summary>Gets the whole score, 0 to 1.</summary>
    public double Score => Thousandths(0.25 * Timestamps + 0.25 * Sizes + 0.25 * Duration + 0.25 * Histogram);

    /// <summary>Computes the score; null where RITA gives none: fewer than four different seconds, or a data set without duration.</summary>
    /// <param name="times">The connections' starts in whole seconds, in order.</param>
    /// <param name="sizes">The bytes that the client sent in each.</param>
    /// <param name="first">The first second of the data set.</param>
    /// <param name="last">The last second of the data set.</param>
    public static RitaScore? Of(IReadOnlyList<long> times, IReadOnlyList<long> sizes, long first, long last)
    {
        double[] intervals = [.. times.Zip(times.Skip(1), (a, b) => (double)(b - a)).Where(d => d > 0)];
        if (times.Count < LeastTimes || intervals.Length < LeastIntervals || last <= first)
        {
            return null;
        }

        int[] bars = Bars(times, first, last);
        int filled = bars.Count(b => b > 0);
        return new RitaScore(
            Shape(intervals, 1),
            Shape([.. sizes.Select(s => (double)s)], 0),
            Math.Max(Evenness(bars), Modes(bars, filled)),
            filled < LeastBinsForDuration ? 0 : Math.Max(
                Math.Min(1, Math.Ceiling((double)(times[^1] - times[0]) / (last - first) * 1000) / 1000),
                Math.Min(1, Math.Ceiling(LongestRun(bars) / IdealRun * 1000) / 1000)));
    }

    private static double Thousandths(double value) => Math.Round(value * 1000, MidpointRounding.AwayFromZero) / 1000;

    // Bowley's skewness and the median absolute deviation, half and half.
    private static double Shape(double[] values, double withoutMedian)
    {
        Array.Sort(values);
        int half = values.Length / 2;
        double lower = Statistics.Median(values.AsSpan(0, half));
        double middle = Statistics.Median(values);
        double upper = Statistics.Median(values.AsSpan(values.Length - half));
        double spread = upper - lower;
        double skew = spread < LeastSpread || middle == lower || middle == upper ? 0 : (lower + upper - (2 * middle)) / spread;
        double narrow = middle < 1 ? withoutMedian : Math.Max(0, (middle - Statistics.Deviation(values, middle)) / middle);
        return Thousandths((1 - Math.Abs(skew) + narrow) / 2);
    }

    private static int[] Bars(IReadOnlyList<long> times, long first, long last)
    {
        var bars = new int[Bins];
        double step = (double)(last - first) / Bins;
        int bin = 0;
        foreach (long time in times)
        {
            while (bin < Bins - 1 && time >= first + ((bin + 1) * step))
            {
                bin++;
            }

            bars[bin]++;
        }

        return bars;
    }

    private static double Evenness(int[] bars)
    {
        double mean = bars.Average();
        double deviation = Math.Sqrt(bars.Sum(b => (b - mean) * (b - mean)) / bars.Length);
        return deviation > mean ? 0 : Thousandths(1 - (deviation / mean));
    }

    // Two heights that nearly all bars have: a beacon that is faster by day than by night.
    private static double Modes(int[] bars, int filled)
    {
        if (filled < LeastBinsForModes)
        {
            return 0;
        }

        double width = Math.Ceiling(bars.Max() * ModeSensitivity);
        int common = bars.Where(b => b > 0).GroupBy(b => Math.Floor(b / width)).Select(g => g.Count()).OrderDescending().Take(2).Sum();
        return Math.Min(1, Thousandths((double)common / Math.Max(1, filled - Outliers)));
    }

    // A run may go on from the last bar to the first.
    private static int LongestRun(int[] bars)
    {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < bars.Length * 2; i++)
        {
            run = bars[i % bars.Length] > 0 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return Math.Min(longest, bars.Length);
    }
}
