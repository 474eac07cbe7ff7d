using System.Globalization;
using System.Text;

namespace Pcapper.Engine;

/// <summary>
/// Makes capture text harmless, once, where it enters the report: what a terminal would obey, what would hide or reorder text, and what
/// has no glyph becomes <c>\xNN</c> or <c>\u{NNNN}</c>; the length is bounded.
/// </summary>
public static class Printable
{
    /// <summary>The most characters of a text in a report, unless the caller says otherwise.</summary>
    public const int Maximum = 256;

    // More marks than any living language puts on one letter; floods of them paint over other lines.
    private const int MaxMarks = 4;

    /// <summary>Makes a text printable and at most so many characters long, <c>…</c> included; null becomes empty.</summary>
    public static string From(string? text, int maximum = Maximum)
    {
        if (string.IsNullOrEmpty(text) || maximum <= 0)
        {
            return string.Empty;
        }

        return text.Length <= maximum && IsPlain(text) ? text : Rewrite(text, maximum);
    }

    /// <summary>Tells whether a character has a glyph of its own and no side effects; combining marks count as such.</summary>
    internal static bool IsHarmless(Rune rune)
        => rune.Value is >= ' ' and <= '~' || (rune.Value > 0xA0 && IsHarmlessCategory(rune) && !IsInvisible(rune.Value));

    /// <summary>Writes the escape of a code point: <c>\xNN</c> below 256, else <c>\u{NNNN}</c>.</summary>
    internal static string Escape(int codePoint) => codePoint < 0x100
        ? string.Create(CultureInfo.InvariantCulture, $"\\x{codePoint:x2}")
        : string.Create(CultureInfo.InvariantCulture, $"\\u{{{codePoint:X4}}}");

    private static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    private static string Rewrite(string text, int maximum)
    {
        var result = new StringBuilder(Math.Min(text.Length, maximum));
        int fits = 0;
        int marks = MaxMarks;
        for (int at = 0; at < text.Length;)
        {
            bool isWhole = Rune.TryGetRuneAt(text, at, out Rune rune);
            at += isWhole ? rune.Utf16SequenceLength : 1;
            bool isMark = isWhole && IsMark(rune);
            marks = isMark ? marks + 1 : 0;

            // A text may not begin with a mark: it would sit on the letter before, which is ours.
            if (isWhole && IsHarmless(rune) && (!isMark || marks <= MaxMarks))
            {
                Append(result, rune);
            }
            else
            {
                result.Append(Escape(isWhole ? rune.Value : Byte(text[at - 1])));
            }

            if (result.Length > maximum || (result.Length == maximum && at < text.Length))
            {
                result.Length = fits;
                return result.Append('…').ToString();
            }

            fits = result.Length < maximum ? result.Length : fits;
        }

        return result.ToString();
    }

    // Half a surrogate pair stands for a byte that was no UTF-8 (the low ones from U+DC80), or for itself.
    private static int Byte(char unit) => unit is >= '\uDC80' and <= '\uDCFF' ? unit - 0xDC00 : unit;

    private static void Append(StringBuilder result, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        result.Append(units[..rune.EncodeToUtf16(units)]);
    }

    private static bool IsMark(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsHarmlessCategory(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    // Characters of harmless categories that nevertheless show nothing (joiners, fillers, variation selectors, the empty braille cell), and
    // the two stand-ins for what could not be shown: a reader could not tell them from those of the own terminal.
    private static bool IsInvisible(int codePoint) => codePoint is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F)
        or 0x2800 or 0x3164 or 0xFFA0 or 0xFFFC or 0xFFFD or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF)
        or (>= 0x1D173 and <= 0x1D17A) or 0x16FE4 or (>= 0x1BCA0 and <= 0x1BCA3);
}
