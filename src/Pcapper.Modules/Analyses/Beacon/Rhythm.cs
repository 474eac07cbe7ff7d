using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>The rhythm of a series of beats, made for captures of minutes as well as of days. Times in seconds.</summary>
internal sealed record Rhythm
{
    /// <summary>Events closer than this, in nanoseconds, are one beat.</summary>
    public const long Silence = Timestamp.PerSecond;

    /// <summary>The fewest beats that a rhythm is looked for in.</summary>
    public const int LeastBeats = 6;

    private const double LeastShare = 0.25;

    // What each interval must gain for even odds, and how fast the odds turn: fixed beforehand, by the gain of a spread of ± 50 % (1 nat) and that of chance (below 0).
    private const double EvenGain = 0.25;
    private const double Steepness = 4;

    /// <summary>Gets the beats that the rhythm explains, in order.</summary>
    public required IReadOnlyList<Beat> Beats { get; init; }

    /// <summary>Gets the beats that it does not explain.</summary>
    public required int Others { get; init; }

    /// <summary>Gets the beats that should have come between and did not.</summary>
    public required int Missed { get; init; }

    /// <summary>Gets the model of sleep and jitter.</summary>
    public required JitterModel Model { get; init; }

    /// <summary>Gets the number of bytes that all beats have in common, or null if all beats were looked at, whatever their bytes.</summary>
    public long? OnlyBytes { get; init; }

    /// <summary>Gets how little the intervals differ (1 less the median deviation by the median), 0 to 1.</summary>
    public required double Periodicity { get; init; }

    /// <summary>Gets how well the beats fit themselves one period later, 0 to 1.</summary>
    public required double Correlation { get; init; }

    /// <summary>Gets how much likelier the intervals are with a rhythm than without, 0 to 1.</summary>
    public required double Fit { get; init; }

    /// <summary>Gets the share of the whole time that the rhythm explains, 0 to 1.</summary>
    public required double Coverage { get; init; }

    /// <summary>Gets how little the bytes differ, 0 to 1.</summary>
    public required double Sizes { get; init; }

    /// <summary>Gets the score, 0 to 1.</summary>
    public double Score => Coverage * ((0.6 * Fit) + (0.2 * Periodicity) + (0.1 * Correlation) + (0.1 * Sizes));

    /// <summary>Gets the evidence that there is a rhythm at all, in nats: what the intervals gain together. It grows with the sample.</summary>
    public double Evidence => Model.Gain * Intervals;

    /// <summary>Gets how many intervals were looked at.</summary>
    public required int Intervals { get; init; }

    /// <summary>Gets the time from the first beat to the last, in nanoseconds.</summary>
    public long Span => Beats[^1].Time - Beats[0].Time;

    /// <summary>Gets when the next beat is due.</summary>
    public Timestamp Next => new(Beats[^1].Time + (long)(Model.Period * Timestamp.PerSecond));

    /// <summary>Finds the rhythm of events: of all of them, or of those with the most common number of bytes, whichever is clearer.</summary>
    public static Rhythm? Of(IReadOnlyList<Beat> events)
    {
        if (events.Count < LeastBeats)
        {
            return null;
        }

        Rhythm? all = Among(Beating(events), null);
        IGrouping<long, Beat> common = events.GroupBy(e => e.Value).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First();
        if (common.Count() == events.Count || common.Count() < Math.Max(LeastBeats, LeastShare * events.Count))
        {
            return all;
        }

        Rhythm? some = Among(Beating([.. common]), common.First().Bytes);
        return all is null || some?.Score > all.Score ? some : all;
    }

    private static List<Beat> Beating(IReadOnlyList<Beat> events)
    {
        List<Beat> beats = [];
        long last = 0;
        foreach (Beat beat in events)
        {
            if (beats.Count == 0 || beat.Time - last >= Silence)
            {
                beats.Add(beat);
            }

            last = beat.Time;
        }

        return beats;
    }

    private static Rhythm? Among(List<Beat> beats, long? bytes)
    {
        if (beats.Count < LeastBeats)
        {
            return null;
        }

        double[] intervals = [.. beats.Zip(beats.Skip(1), (a, b) => Seconds(b.Time - a.Time))];
        if (JitterModel.Fit(intervals) is not { } model)
        {
            return null;
        }

        RhythmChain chain = RhythmChain.Longest(beats, model);
        if (chain.Beats.Count < LeastBeats)
        {
            return null;
        }

        return new Rhythm
        {
            Beats = chain.Beats,
            Others = beats.Count - chain.Beats.Count,
            Missed = chain.Missed,
            Model = model,
            Intervals = Math.Min(intervals.Length, JitterModel.MostIntervals),
            OnlyBytes = bytes,
            Periodicity = Statistics.Constancy(chain.Sleeps),
            Correlation = Autocorrelation.At(beats, model.Period),
            Fit = 1 / (1 + Math.Exp(-Steepness * (model.Gain - EvenGain))),
            Coverage = Seconds(chain.Explained) / Math.Max(1e-9, Seconds(beats[^1].Time - beats[0].Time)),
            Sizes = Statistics.Constancy(chain.Beats.Select(b => (double)b.Bytes)),
        };
    }

    private static double Seconds(long nanoseconds) => nanoseconds / (double)Timestamp.PerSecond;
}
