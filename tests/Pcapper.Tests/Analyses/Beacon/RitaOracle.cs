namespace Pcapper.Tests.Analyses.Beacon;

/// <summary>RITA's score once more, from its description alone, step by step and with nothing of the product.</summary>
internal static class RitaOracle
{
    /// <summary>Computes the score; null if there are fewer than four different seconds.</summary>
    public static double? Score(long[] times, long[] bytes, long start, long end)
    {
        var gaps = new List<decimal>();
        for (int i = 1; i < times.Length; i++)
        {
            if (times[i] != times[i - 1])
            {
                gaps.Add(times[i] - times[i - 1]);
            }
        }

        if (gaps.Count < 3 || end <= start)
        {
            return null;
        }

        double timestamp = Round(Half(gaps, 1m));
        double size = Round(Half([.. bytes.Select(b => (decimal)b)], 0m));

        int[] histogram = new int[24];
        foreach (long time in times)
        {
            int bin = Enumerable.Range(0, 24).Last(i => time >= start + (i * ((double)(end - start) / 24)));
            histogram[bin]++;
        }

        double mean = histogram.Sum() / 24.0;
        double variance = histogram.Select(h => Math.Pow(h - mean, 2)).Sum() / 24;
        double cv = Math.Sqrt(variance) / mean;
        double histogramScore = cv > 1 ? 0 : Round((decimal)(1 - cv));
        int[] full = [.. histogram.Where(h => h != 0)];
        if (full.Length >= 11)
        {
            int width = (int)Math.Ceiling(full.Max() * 0.05);
            int[] classes = [.. full.GroupBy(h => h / width * width).Select(c => c.Count()).Order().Reverse(), 0];
            histogramScore = Math.Max(histogramScore, Math.Min(1, Round((decimal)(classes[0] + classes[1]) / Math.Max(1, full.Length - 1))));
        }

        double duration = 0;
        if (full.Length >= 6)
        {
            double coverage = Math.Ceiling(1000.0 * ((double)(times.Max() - times.Min()) / (end - start))) / 1000;
            string drawn = string.Concat(histogram.Select(h => h == 0 ? ' ' : 'x'));
            int run = (drawn + drawn).Split(' ').Max(part => part.Length);
            double consistency = Math.Ceiling(1000.0 * (Math.Min(24, run) / 12.0)) / 1000;
            duration = Math.Min(1, Math.Max(coverage, consistency));
        }

        return Round((decimal)((timestamp + size + histogramScore + duration) / 4));
    }

    private static decimal Half(List<decimal> values, decimal withoutMedian)
    {
        values.Sort();
        int count = values.Count;
        decimal q1 = Middle(values[..(count / 2)]);
        decimal q2 = Middle(values);
        decimal q3 = Middle(values[((count + 1) / 2)..]);
        bool isFlat = q3 - q1 < 10 || q2 == q1 || q2 == q3;
        decimal skew = isFlat ? 0 : (q1 + q3 - q2 - q2) / (q3 - q1);
        decimal mad = Middle([.. values.Select(v => Math.Abs(v - q2)).Order()]);
        decimal narrow = q2 < 1 ? withoutMedian : Math.Max(0, (q2 - mad) / q2);
        return (1 - Math.Abs(skew) + narrow) / 2;
    }

    private static decimal Middle(List<decimal> sorted) => sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;

    private static double Round(decimal value) => (double)Math.Round(value, 3, MidpointRounding.AwayFromZero);
}
