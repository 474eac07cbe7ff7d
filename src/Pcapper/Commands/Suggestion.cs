namespace Pcapper.Commands;

/// <summary>Finds the option that a mistyped one was probably meant to be.</summary>
internal static class Suggestion
{
    private const int MostEdits = 3;

    /// <summary>Gets the nearest option by edit distance, or null if none is near.</summary>
    public static string? For(string mistyped, IEnumerable<string> options) => options
        .Select(option => (option, distance: Distance(mistyped, option)))
        .Where(c => c.distance <= Math.Min(MostEdits, mistyped.Length / 2))
        .OrderBy(c => c.distance)
        .ThenBy(c => c.option, StringComparer.Ordinal)
        .Select(c => c.option)
        .FirstOrDefault();

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
