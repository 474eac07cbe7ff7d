namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>
/// How well intervals fit a program that sleeps: a base time, evenly spread by some jitter, beats that are missing now and then, and other
/// events between. Judged by likelihood against a process without rhythm. A sleep that jitter only shortens (Cobalt Strike, Sliver) is the same
/// even spread, told by its upper end.
/// </summary>
/// <param name="Period">The middle of the spread, in seconds.</param>
/// <param name="Spread">Half its width, in seconds.</param>
/// <param name="Gain">By how much each interval is likelier than without rhythm, in nats, after what the model's freedom costs.</param>
internal sealed record JitterModel(double Period, double Spread, double Gain)
{
    /// <summary>The most beats that may be missing in a row.</summary>
    public const int MostMissing = 3;

    /// <summary>The most intervals that are looked at: the earliest.</summary>
    public const int MostIntervals = 500;

    /// <summary>Nothing that a program does on purpose is spread wider than half of its period, with some room for what the sample adds.</summary>
    public const double WidestSpread = 0.6;

    private const int Steps = 12;
    private const double LeastSpread = 0.02;     // of the period: the clock of a busy host
    private const double Tick = 0.05;            // seconds: the network's share
    private const double Room = 1.1;
    private const double Freedom = 1.5;          // half of three parameters, times the logarithm of the sample (Schwarz 1978)
    private const double NarrowestChance = 0.8;  // log-normal spread of what people do: anything narrower is a rhythm

    private static readonly double[] s_missing = [0.03, 0.15, 0.35];
    private static readonly double[] s_other = [0.03, 0.15, 0.4];

    /// <summary>Gets half the width of the spread as a share of the period.</summary>
    public double Jitter => Spread / Period;

    /// <summary>Finds the model that fits best; null if there is none.</summary>
    /// <param name="intervals">Intervals in seconds, all above zero.</param>
    public static JitterModel? Fit(IReadOnlyList<double> intervals)
    {
        double[] sample = [.. intervals.Take(MostIntervals)];
        double[] sorted = [.. sample];
        Array.Sort(sorted);
        double mean = sample.Average();
        double chance = Chance(sample, mean);
        double[] ends = [.. Enumerable.Range(0, Steps + 1).Select(i => sorted[i * (sorted.Length - 1) / Steps]).Distinct()];
        JitterModel? best = null;
        for (int low = 0; low < ends.Length; low++)
        {
            for (int high = low; high < ends.Length; high++)
            {
                double period = (ends[low] + ends[high]) / 2;
                double spread = Math.Max(Math.Max((ends[high] - ends[low]) / 2 * Room, LeastSpread * period), Tick);
                if (spread > WidestSpread * period)
                {
                    break;
                }

                double gain = (Likelihood(sample, period, spread, mean) - chance - (Freedom * Math.Log(sample.Length + 1))) / sample.Length;
                best = best is null || gain > best.Gain ? new JitterModel(period, spread, gain) : best;
            }
        }

        return best;
    }

    /// <summary>Tells how many sleeps an interval is, 1 to <see cref="MostMissing"/> + 1; 0 if it fits none.</summary>
    public int Sleeps(double interval)
    {
        for (int k = 1; k <= MostMissing + 1; k++)
        {
            // Sums of even spreads narrow: twice the standard deviation of k of them.
            double reach = k == 1 ? Spread : Math.Max(Spread * 2 * Math.Sqrt(k / 3.0), LeastSpread * Period);
            if (Math.Abs(interval - (k * Period)) <= Math.Min(reach, Period * WidestSpread))
            {
                return k;
            }
        }

        return 0;
    }

    private static double Likelihood(double[] intervals, double period, double spread, double mean)
    {
        double best = double.NegativeInfinity;
        Span<double> fits = stackalloc double[MostMissing + 1];
        Span<double> sums = stackalloc double[s_missing.Length * s_other.Length];
        sums.Clear();
        foreach (double interval in intervals)
        {
            for (int k = 1; k <= fits.Length; k++)
            {
                fits[k - 1] = k == 1 ? (Math.Abs(interval - period) <= spread ? 1 / (2 * spread) : 0) : Normal(interval, k * period, spread * Math.Sqrt(k / 3.0));
            }

            double other = Math.Exp(-interval / mean) / mean;
            int at = 0;
            foreach (double missing in s_missing)
            {
                double fit = 0;
                double weight = 1 - missing;
                foreach (double density in fits)
                {
                    fit += weight * density;
                    weight *= missing;
                }

                foreach (double share in s_other)
                {
                    sums[at++] += Math.Log(Math.Max(double.Epsilon, ((1 - share) * fit) + (share * other)));
                }
            }
        }

        foreach (double sum in sums)
        {
            best = Math.Max(best, sum);
        }

        return best;
    }

    // The likelier of two processes without rhythm: events at random, and bursts of them as people make.
    private static double Chance(double[] intervals, double mean)
    {
        double random = intervals.Sum(d => -Math.Log(mean) - (d / mean));
        double middle = intervals.Average(Math.Log);
        double width = Math.Max(NarrowestChance, Math.Sqrt(intervals.Average(d => Square(Math.Log(d) - middle))));
        double bursts = intervals.Sum(d => -Math.Log(d * width * Math.Sqrt(2 * Math.PI)) - (Square((Math.Log(d) - middle) / width) / 2));
        return Math.Max(random, bursts);
    }

    private static double Normal(double value, double middle, double deviation)
        => Math.Exp(-Square((value - middle) / deviation) / 2) / (deviation * Math.Sqrt(2 * Math.PI));

    private static double Square(double value) => value * value;
}
