using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>The beats of a series that follow each other as a model says, others between them passed over.</summary>
/// <param name="Beats">The beats, in order.</param>
/// <param name="Sleeps">The time from each to the next in seconds, by the number of sleeps that it is.</param>
/// <param name="Missed">The beats that are missing between them.</param>
/// <param name="Explained">The time in nanoseconds that the sleeps make up.</param>
internal sealed record RhythmChain(IReadOnlyList<Beat> Beats, IReadOnlyList<double> Sleeps, int Missed, long Explained)
{
    private const int Skips = 2;             // events between two beats that may be of something else
    private const double SkipCost = 0.25;    // of a period, for each event passed over
    private const double MissedCost = 0.1;   // of a period, for each beat that is missing

    /// <summary>Finds the chain that explains most of the time.</summary>
    public static RhythmChain Longest(IReadOnlyList<Beat> beats, JitterModel model)
    {
        // The best chain that ends at each beat; a beat that follows none goes on with what was explained before it.
        var gains = new double[beats.Count];
        var from = new int[beats.Count];
        var sleeps = new int[beats.Count];
        for (int i = 0; i < beats.Count; i++)
        {
            (gains[i], from[i]) = (i == 0 ? 0 : gains[i - 1], -1);
            for (int j = i - 1; j >= 0 && j >= i - 1 - Skips; j--)
            {
                double interval = Seconds(beats[i].Time - beats[j].Time);
                int k = model.Sleeps(interval);
                double gain = gains[j] + interval - (model.Period * ((SkipCost * (i - 1 - j)) + (MissedCost * (k - 1))));
                if (k > 0 && gain > gains[i])
                {
                    (gains[i], from[i], sleeps[i]) = (gain, j, k);
                }
            }
        }

        return Trace(beats, from, sleeps);
    }

    private static RhythmChain Trace(IReadOnlyList<Beat> beats, int[] from, int[] sleeps)
    {
        SortedSet<int> used = [];
        List<double> lengths = [];
        int missed = 0;
        long explained = 0;
        for (int i = beats.Count - 1; i > 0;)
        {
            if (from[i] < 0)
            {
                i--;
                continue;
            }

            used.Add(i);
            used.Add(from[i]);
            long time = beats[i].Time - beats[from[i]].Time;
            lengths.Add(Seconds(time) / sleeps[i]);
            missed += sleeps[i] - 1;
            explained += time;
            i = from[i];
        }

        return new RhythmChain([.. used.Select(i => beats[i])], lengths, missed, explained);
    }

    private static double Seconds(long nanoseconds) => nanoseconds / (double)Timestamp.PerSecond;
}
