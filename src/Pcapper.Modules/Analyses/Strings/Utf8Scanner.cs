using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Finds ASCII and UTF-8.</summary>
internal sealed class Utf8Scanner(int minimum, bool isLineAtStart, RunSink found) : RunScanner(minimum, isLineAtStart, found)
{
    private const int MostShifts = 16;

    private static readonly SearchValues<byte> s_plain = SearchValues.Create("\t !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <inheritdoc/>
    protected override int Start(ReadOnlySpan<byte> bytes)
    {
        int needed = Math.Min(Minimum, MostShifts);
        for (int at = 0; at < bytes.Length; at += ByteMasks.Length)
        {
            ReadOnlySpan<byte> block = bytes[at..];
            var masks = ByteMasks.Of(block);
            ulong text = masks.Printable | masks.Unknown;
            if (masks.High != 0)
            {
                text |= Characters(block, masks);
            }

            // Ones move in from above, where nothing is known: a run that reaches the end is looked at.
            ulong run = text;
            for (int i = 1; i < needed && run != 0; i++)
            {
                text = (text >> 1) | (1ul << 63);
                run &= text;
            }

            if (run != 0)
            {
                int start = at + BitOperations.TrailingZeroCount(run);
                return start < bytes.Length ? start : -1;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    protected override int Length(ReadOnlySpan<byte> bytes, int most, int before, out int characters, out bool isOpen)
    {
        int at = 0;
        characters = 0;
        while (at < most)
        {
            ReadOnlySpan<byte> rest = bytes[at..];
            int plain = rest.IndexOfAnyExcept(s_plain);
            plain = Math.Min(plain < 0 ? rest.Length : plain, most - at);
            at += plain;
            characters += plain;
            if (at >= most)
            {
                break;
            }

            if (at == bytes.Length)
            {
                isOpen = true;
                return at;
            }

            OperationStatus status = Rune.DecodeFromUtf8(bytes[at..], out Rune rune, out int used);
            if (status == OperationStatus.NeedMoreData)
            {
                isOpen = true;
                return at;
            }

            if (status != OperationStatus.Done || !IsText(rune))
            {
                break;
            }

            at += used;
            characters++;
        }

        isOpen = false;
        return at;
    }

    /// <inheritdoc/>
    protected override bool EndsLine(ReadOnlySpan<byte> bytes) => bytes is [.., (byte)'\n' or (byte)'\r'];

    /// <inheritdoc/>
    protected override bool IsLineEnd(ReadOnlySpan<byte> bytes) => bytes is [(byte)'\n' or (byte)'\r', ..];

    /// <inheritdoc/>
    protected override StringEncoding EncodingOf(ReadOnlySpan<byte> run) => Ascii.IsValid(run) ? StringEncoding.Ascii : StringEncoding.Utf8;

    // Which bytes begin or continue a character of two bytes or more, by the form of the bytes alone (RFC 3629, 4).
    private static ulong Characters(ReadOnlySpan<byte> bytes, in ByteMasks masks)
    {
        ulong two = ByteMasks.Between(bytes, 0xC2, 0xDF);
        ulong three = ByteMasks.Between(bytes, 0xE0, 0xEF);
        ulong four = ByteMasks.Between(bytes, 0xF0, 0xF4);
        ulong follows = ByteMasks.Between(bytes, 0x80, 0xBF) | masks.Unknown;
        ulong next = (follows >> 1) | (1ul << 63);
        ulong second = (next >> 1) | (1ul << 63);
        ulong third = (second >> 1) | (1ul << 63);
        two &= next;
        three &= next & second;
        four &= next & second & third;
        return two | (two << 1) | three | (three << 1) | (three << 2) | four | (four << 1) | (four << 2) | (four << 3);
    }

    private static bool IsText(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
        or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
