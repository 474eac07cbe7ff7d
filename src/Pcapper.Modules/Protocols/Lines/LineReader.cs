using System.Text;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>Cuts lines and words out of the bytes of text protocols.</summary>
internal static class LineReader
{
    /// <summary>The longest line that is looked at; RFC 5321 allows 512 bytes, RFC 9051 suggests 8192.</summary>
    public const int MaxLine = 8192;

    private const int MaxProbedLine = 1024;

    /// <summary>Cuts off the first line, which ends in LF or CR LF.</summary>
    /// <param name="bytes">Where to look.</param>
    /// <param name="line">The line without its end.</param>
    /// <param name="length">How many bytes it takes with its end.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line, out int length)
    {
        int end = bytes[..Math.Min(bytes.Length, MaxLine)].IndexOf((byte)'\n');
        length = end + 1;
        line = end < 0 ? default : bytes[..end].TrimEnd((byte)'\r');
        return end >= 0;
    }

    /// <summary>Cuts off the first word.</summary>
    public static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest)
    {
        int space = line.IndexOf((byte)' ');
        rest = space < 0 ? default : line[(space + 1)..].TrimStart((byte)' ');
        return space < 0 ? line : line[..space];
    }

    /// <summary>Compares ASCII without regard to case.</summary>
    public static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(word, expected);

    /// <summary>Tells whether bytes begin with an ASCII word, without regard to case.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> expected)
        => bytes.Length >= expected.Length && Ascii.EqualsIgnoreCase(bytes[..expected.Length], expected);

    /// <summary>Tells whether bytes contain an ASCII word, without regard to case.</summary>
    public static bool Contains(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> expected)
    {
        for (int at = 0; at + expected.Length <= bytes.Length; at++)
        {
            if (Ascii.EqualsIgnoreCase(bytes.Slice(at, expected.Length), expected))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells whether a word is one of a list of upper-case words, separated by single spaces.</summary>
    public static bool IsOneOf(ReadOnlySpan<byte> word, ReadOnlySpan<byte> list)
    {
        if (word.IsEmpty)
        {
            return false;
        }

        foreach (Range range in list.Split((byte)' '))
        {
            if (Ascii.EqualsIgnoreCase(word, list[range]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells whether bytes can be text: no control characters but the usual ones.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is < 0x20 and not ((byte)'\r' or (byte)'\n' or (byte)'\t' or 0x1B) or 0x7F)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Judges a stream that must begin with a line: yields the line, or what to answer if it is not complete or no text.</summary>
    public static Confidence ProbeLine(ReadOnlySpan<byte> first, out ReadOnlySpan<byte> line)
    {
        bool isComplete = TryRead(first, out line, out _);
        ReadOnlySpan<byte> shown = isComplete ? line : first[..Math.Min(first.Length, MaxProbedLine + 1)];
        return !IsText(shown) || shown.Length > MaxProbedLine ? Confidence.No : isComplete ? Confidence.Certain : Confidence.Undecided;
    }

    /// <summary>Judges a stream that must begin with a command: a word of one of two lists in the first line.</summary>
    public static Confidence ProbeCommand(ReadOnlySpan<byte> first, ReadOnlySpan<byte> certain, ReadOnlySpan<byte> plausible)
    {
        Confidence confidence = ProbeLine(first, out ReadOnlySpan<byte> line);
        if (confidence != Confidence.Certain)
        {
            return confidence == Confidence.Undecided && !first.IsEmpty && !char.IsAsciiLetter((char)first[0]) ? Confidence.No : confidence;
        }

        ReadOnlySpan<byte> word = Word(line, out _);
        return IsOneOf(word, certain) ? Confidence.Certain : IsOneOf(word, plausible) ? Confidence.Plausible : Confidence.No;
    }

    /// <summary>Tells whether bytes begin a TLS handshake record (RFC 8446, 5.1).</summary>
    public static bool IsTls(ReadOnlySpan<byte> bytes) => bytes is [0x16, 0x03, <= 0x04, ..];

    /// <summary>Judges whether a stream that is shorter than a fixed beginning may still become it.</summary>
    public static Confidence ProbePrefix(ReadOnlySpan<byte> first, ReadOnlySpan<byte> expected)
        => first.StartsWith(expected) ? Confidence.Certain : expected.StartsWith(first) ? Confidence.Undecided : Confidence.No;
}
