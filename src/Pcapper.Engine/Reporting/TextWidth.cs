using System.Globalization;
using System.Text;

namespace Pcapper.Engine;

/// <summary>How many columns of a terminal a printable text takes: East Asian wide characters and emoji two, combining marks none.</summary>
internal static class TextWidth
{
    public static int Of(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return text.Length;
        }

        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    /// <summary>Cuts a text to so many columns, the mark at its end included.</summary>
    public static string Cut(string text, int columns, string mark)
    {
        if (Of(text) <= columns)
        {
            return text;
        }

        int left = Math.Max(0, columns - mark.Length);
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            left -= Of(rune);
            if (left < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, length), mark);
    }

    public static string PadRight(string text, int columns) => text + Spaces(columns - Of(text));

    public static string PadLeft(string text, int columns) => Spaces(columns - Of(text)) + text;

    public static string Spaces(int count) => count <= 0 ? string.Empty : new string(' ', count);

    private static int Of(Rune rune)
    {
        if (rune.Value < 0x300)
        {
            return 1;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        {
            return 0;
        }

        return IsWide(rune.Value) ? 2 : 1;
    }

    // The blocks that Unicode's EastAsianWidth.txt has as W or F, and emoji.
    private static bool IsWide(int codePoint) => codePoint switch
    {
        < 0x1100 => false,
        <= 0x115F => true,
        0x231A or 0x231B or 0x2329 or 0x232A or (>= 0x23E9 and <= 0x23EC) or 0x23F0 or 0x23F3 => true,
        0x25FD or 0x25FE or 0x2614 or 0x2615 or (>= 0x2648 and <= 0x2653) or 0x267F or 0x2693 or 0x26A1 or 0x26AA or 0x26AB => true,
        0x26BD or 0x26BE or 0x26C4 or 0x26C5 or 0x26CE or 0x26D4 or 0x26EA or 0x26F2 or 0x26F3 or 0x26F5 or 0x26FA or 0x26FD => true,
        0x2705 or 0x270A or 0x270B or 0x2728 or 0x274C or 0x274E or (>= 0x2753 and <= 0x2755) or 0x2757 or (>= 0x2795 and <= 0x2797) => true,
        0x27B0 or 0x27BF or 0x2B1B or 0x2B1C or 0x2B50 or 0x2B55 => true,
        < 0x2E80 => false,
        <= 0xA4CF => codePoint != 0x303F,
        >= 0xA960 and <= 0xA97F => true,
        >= 0xAC00 and <= 0xD7A3 => true,
        >= 0xF900 and <= 0xFAFF => true,
        >= 0xFE10 and <= 0xFE19 or (>= 0xFE30 and <= 0xFE6F) => true,
        >= 0xFF01 and <= 0xFF60 or (>= 0xFFE0 and <= 0xFFE6) => true,
        >= 0x16FE0 and <= 0x18DFF or (>= 0x1AFF0 and <= 0x1B2FF) => true,
        0x1F004 or 0x1F0CF or 0x1F18E or (>= 0x1F191 and <= 0x1F19A) or (>= 0x1F1E6 and <= 0x1F265) => true,
        >= 0x1F300 and <= 0x1F64F or (>= 0x1F680 and <= 0x1F6FF) or (>= 0x1F7E0 and <= 0x1F7F0) or (>= 0x1F90C and <= 0x1FAFF) => true,
        >= 0x20000 and <= 0x3FFFD => true,
        _ => false,
    };
}
