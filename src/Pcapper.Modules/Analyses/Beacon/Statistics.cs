namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>Numbers that describe many numbers.</summary>
internal static class Statistics
{
    /// <summary>Gets the median of sorted numbers: the mean of the middle two if they are even in number; 0 of none.</summary>
    public static double Median(ReadOnlySpan<double> sorted)
        => sorted.IsEmpty ? 0 : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;

    /// <summary>Gets the median of the distances from a middle.</summary>
    public static double Deviation(ReadOnlySpan<double> values, double middle)
    {
        double[] distances = values.ToArray();
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Abs(distances[i] - middle);
        }

        Array.Sort(distances);
        return Median(distances);
    }

    /// <summary>Gets how little numbers differ: 1 less the median deviation by the median, 0 at least.</summary>
    public static double Constancy(IEnumerable<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        double middle = Median(sorted);
        double deviation = Deviation(sorted, middle);
        return deviation == 0 ? 1 : middle <= 0 ? 0 : Math.Max(0, 1 - (deviation / middle));
    }
}
