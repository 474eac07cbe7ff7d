using System.Buffers;

namespace Pcapper.Engine;

/// <summary>Finds secrets in texts and masks them, in the forms in which they come: as they are, printable, percent-encoded, quoted in a filter, cut.</summary>
internal sealed class SecretTexts
{
    // A shorter secret is found in almost every text: it is masked only where it is known to be one.
    private const int Shortest = 4;

    // A shorter secret may be a part of a word by chance: it must stand by itself.
    private const int ShortestInsideWords = 8;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly int[] _lengths;
    private readonly SearchValues<string> _search;
    private readonly Dictionary<string, string[]> _byStart;

    public SecretTexts(IEnumerable<string> secrets)
    {
        foreach (string secret in secrets)
        {
            Add(secret);
            Add(Printable.From(secret, Cell.LongestSecret));
            Add(Uri.EscapeDataString(secret));
            Add(secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
        }

        _lengths = [.. _texts.Select(text => text.Length).Distinct().OrderDescending()];
        _search = SearchValues.Create([.. _texts], StringComparison.Ordinal);
        _byStart = _texts.GroupBy(text => text[..Shortest], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Masks every secret in a text.</summary>
    public string Mask(string text)
    {
        int at = text.AsSpan().IndexOfAny(_search);
        if (at >= 0)
        {
            text = Replace(text, at);
        }

        return text.Contains('…', StringComparison.Ordinal) ? MaskCut(text) : text;
    }

    private static bool IsPartOfWord(string text, int at, int length)
        => length < ShortestInsideWords && ((at > 0 && char.IsLetterOrDigit(text[at - 1])) || (at + length < text.Length && char.IsLetterOrDigit(text[at + length])));

    private void Add(string text)
    {
        if (text.Length >= Shortest)
        {
            _texts.Add(text);
        }
    }

    private string Replace(string text, int at)
    {
        var result = new System.Text.StringBuilder(text.Length);
        int done = 0;
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        while (at >= 0)
        {
            int length = _lengths.FirstOrDefault(length => at + length <= text.Length && lookup.Contains(text.AsSpan(at, length)) && !IsPartOfWord(text, at, length));
            if (length > 0)
            {
                result.Append(text, done, at - done).Append(Secret.Mask);
                done = at + length;
            }

            int next = length > 0 ? done : at + 1;
            int found = text.AsSpan(next).IndexOfAny(_search);
            at = found < 0 ? -1 : next + found;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    // A text that was cut may end within a secret.
    private string MaskCut(string text)
    {
        int end = text.IndexOf('…', StringComparison.Ordinal);
        for (int start = Math.Max(0, end - (_lengths.Length == 0 ? 0 : _lengths[0])); start + Shortest <= end; start++)
        {
            if (_byStart.TryGetValue(text.Substring(start, Shortest), out string[]? texts)
                && texts.Any(secret => secret.Length > end - start && secret.AsSpan().StartsWith(text.AsSpan(start, end - start), StringComparison.Ordinal)))
            {
                return string.Concat(text.AsSpan(0, start), Secret.Mask, text.AsSpan(end));
            }
        }

        return text;
    }
}
