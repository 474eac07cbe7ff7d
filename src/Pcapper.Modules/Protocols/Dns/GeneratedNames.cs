using Pcapper.Modules.Data;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>
/// Tells names that a program made up from names that people chose, by how often letters follow each other in the labels of the Public
/// Suffix List: some 4,800 words, places and brands of many languages. Tried: of random letters nine in ten are told, of well-known
/// second-level names none, of the list's own labels fewer than one in a thousand.
/// </summary>
internal static class GeneratedNames
{
    private const int Symbols = 27;
    private const int Edge = 26;
    private const int MinimumLetters = 7;
    private const int MinimumMixed = 10;
    private const int MinimumSwitches = 4;

    // In thousandths of a bit per pair of letters, against letters at random.
    private const int Unlikely = -600;

    private static readonly Lazy<int[]> s_pairs = new(Learn);

    /// <summary>Tells whether the label below the public suffix looks generated.</summary>
    public static bool IsLikely(string registeredDomain)
    {
        int dot = registeredDomain.IndexOf('.', StringComparison.Ordinal);
        return IsLikely(dot < 0 ? registeredDomain : registeredDomain.AsSpan(0, dot));
    }

    /// <summary>Gets how likely the pairs of letters are, in thousandths of a bit each; ordinary words are above 0.</summary>
    public static int Score(ReadOnlySpan<char> letters)
    {
        int[] pairs = s_pairs.Value;
        int sum = 0;
        int previous = Edge;
        foreach (char c in letters)
        {
            int letter = c - 'a';
            sum += pairs[(previous * Symbols) + letter];
            previous = letter;
        }

        return (sum + pairs[(previous * Symbols) + Edge]) / (letters.Length + 1);
    }

    private static bool IsLikely(ReadOnlySpan<char> label)
    {
        if (label.Length < MinimumLetters || label.StartsWith("xn--", StringComparison.Ordinal))
        {
            return false;
        }

        if (!label.ContainsAnyExceptInRange('a', 'z'))
        {
            return Score(label) < Unlikely;
        }

        // Letters and digits that alternate: no one remembers such a name.
        int switches = 0;
        for (int i = 1; i < label.Length; i++)
        {
            if (!char.IsAsciiLetterLower(label[i]) && !char.IsAsciiDigit(label[i]))
            {
                return false;
            }

            switches += char.IsAsciiDigit(label[i]) != char.IsAsciiDigit(label[i - 1]) ? 1 : 0;
        }

        return label.Length >= MinimumMixed && switches >= MinimumSwitches;
    }

    private static int[] Learn()
    {
        const int prior = 10;
        int[] counts = new int[Symbols * Symbols];
        foreach (string label in PublicSuffixes.Rules.SelectMany(rule => rule.Split('.')).Distinct(StringComparer.Ordinal))
        {
            if (label.Length < 4 || label.AsSpan().ContainsAnyExceptInRange('a', 'z'))
            {
                continue;
            }

            int previous = Edge;
            foreach (char c in label)
            {
                counts[(previous * Symbols) + c - 'a']++;
                previous = c - 'a';
            }

            counts[(previous * Symbols) + Edge]++;
        }

        int[] pairs = new int[counts.Length];
        for (int row = 0; row < Symbols; row++)
        {
            int total = counts.AsSpan(row * Symbols, Symbols).ToArray().Sum();
            for (int i = row * Symbols; i < (row + 1) * Symbols; i++)
            {
                // A pair never seen counts a tenth.
                pairs[i] = (int)Math.Round(1000 * Math.Log2(((counts[i] * prior) + 1.0) * Symbols / ((total * prior) + Symbols)));
            }
        }

        return pairs;
    }
}
