using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Finds secrets in texts and masks them, in the forms in which they come: as they are, printable, percent-encoded, quoted in a filter, cut.</summary>
internal sealed class SecretTexts
{
    // A shorter secret is found in almost every text: it is masked only where it is known to be one.
    private const int Shortest = 4;

    // A shorter secret may be a part of a word by chance: it must stand by itself.
    private const int ShortestInsideWords = 8;

    private const int None = -1;

    private readonly string[] _texts;

    // Of each text, the longest other one that it begins with.
    private readonly int[] _within;
    private readonly HashSet<ulong> _beginnings = [];
    private readonly int _longest;

    public SecretTexts(IEnumerable<string> secrets)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (string secret in secrets.Where(IsUnmistakable))
        {
            Add(texts, secret);
            Add(texts, Printable.From(secret, Cell.LongestSecret));
            Add(texts, Uri.EscapeDataString(secret));
            Add(texts, secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
        }

        _texts = [.. texts];
        Array.Sort(_texts, StringComparer.Ordinal);
        _within = new int[_texts.Length];
        for (int i = 0; i < _texts.Length; i++)
        {
            _beginnings.Add(Beginning(_texts[i]));
            _longest = Math.Max(_longest, _texts[i].Length);
            _within[i] = i == 0 ? None : WithinFrom(i - 1, SharedLength(_texts[i - 1], _texts[i]));
        }
    }

    /// <summary>Masks every secret in a text.</summary>
    public string Mask(string text)
    {
        if (_texts.Length == 0)
        {
            return text;
        }

        return Replace(text.Contains('…', StringComparison.Ordinal) ? MaskCut(text) : text);
    }

    // Who fails to log in with an address, or with a piece of a filter, must not take these out of the report.
    private static bool IsUnmistakable(string secret) => !secret.Contains(" == ", StringComparison.Ordinal) && !IpAddress.TryParse(secret, out _);

    private static bool IsPartOfWord(string text, int at, int length)
        => length < ShortestInsideWords && ((at > 0 && char.IsLetterOrDigit(text[at - 1])) || (at + length < text.Length && char.IsLetterOrDigit(text[at + length])));

    private static void Add(HashSet<string> texts, string text)
    {
        if (text.Length >= Shortest)
        {
            texts.Add(text);
        }
    }

    private static ulong Beginning(ReadOnlySpan<char> text) => text[0] | ((ulong)text[1] << 16) | ((ulong)text[2] << 32) | ((ulong)text[3] << 48);

    private static int SharedLength(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.CommonPrefixLength(other);

    private string Replace(string text)
    {
        System.Text.StringBuilder? result = null;
        int done = 0;
        for (int at = 0; at + Shortest <= text.Length; at++)
        {
            int length = _beginnings.Contains(Beginning(text.AsSpan(at))) ? LongestAt(text, at) : 0;
            if (length > 0)
            {
                result ??= new(text.Length);
                result.Append(text, done, at - done).Append(Secret.Mask);
                done = at + length;
                at = done - 1;
            }
        }

        return result is null ? text : result.Append(text, done, text.Length - done).ToString();
    }

    // All secrets that the rest of the text begins with are the last one that is not behind it in order, or within that one.
    private int LongestAt(string text, int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        int found = FirstBehind(rest) - 1;
        for (int i = found < 0 ? None : WithinFrom(found, SharedLength(_texts[found], rest)); i != None; i = _within[i])
        {
            if (!IsPartOfWord(text, at, _texts[i].Length))
            {
                return _texts[i].Length;
            }
        }

        return 0;
    }

    // The longest secret from here on inwards that is no longer than what is shared.
    private int WithinFrom(int index, int shared)
    {
        while (index != None && _texts[index].Length > shared)
        {
            index = _within[index];
        }

        return index;
    }

    private int FirstBehind(ReadOnlySpan<char> text)
    {
        int low = 0;
        int high = _texts.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _texts[middle].AsSpan().SequenceCompareTo(text) > 0 ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    // A text that was cut may end within a secret.
    private string MaskCut(string text)
    {
        int end = text.IndexOf('…', StringComparison.Ordinal);
        for (int start = Math.Max(0, end - _longest); start + Shortest <= end; start++)
        {
            ReadOnlySpan<char> last = text.AsSpan(start, end - start);
            int next = _beginnings.Contains(Beginning(last)) ? FirstBehind(last) : _texts.Length;
            if (next < _texts.Length && _texts[next].AsSpan().StartsWith(last, StringComparison.Ordinal))
            {
                return string.Concat(text.AsSpan(0, start), Secret.Mask, text.AsSpan(end));
            }
        }

        return text;
    }
}
