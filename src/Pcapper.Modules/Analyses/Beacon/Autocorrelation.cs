using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>How well beats, counted in bins, fit themselves some time later.</summary>
internal static class Autocorrelation
{
    private const int MostBins = 4096;
    private const int PerPeriod = 4;

    /// <summary>Gets the correlation at a lag of one period or a bin beside it, 0 at least. Bins are a quarter of the period wide, a second at least.</summary>
    public static double At(IReadOnlyList<Beat> beats, double period)
    {
        double width = Math.Max(1, period / PerPeriod);
        long first = beats[0].Time;
        double[] bins = new double[(int)Math.Min(MostBins, Math.Floor((beats[^1].Time - first) / (width * Timestamp.PerSecond)) + 1)];
        foreach (Beat beat in beats)
        {
            int bin = (int)Math.Min(int.MaxValue, (beat.Time - first) / (width * Timestamp.PerSecond));
            if (bin < bins.Length)
            {
                bins[bin]++;
            }
        }

        double mean = bins.Average();
        double variance = bins.Sum(b => (b - mean) * (b - mean));
        int lag = (int)Math.Round(period / width);
        double best = 0;
        for (int l = Math.Max(1, lag - 1); l <= lag + 1 && l < bins.Length; l++)
        {
            double sum = 0;
            for (int i = l; i < bins.Length; i++)
            {
                sum += (bins[i] - mean) * (bins[i - l] - mean);
            }

            best = Math.Max(best, variance == 0 ? 0 : sum / variance);
        }

        return best;
    }
}
