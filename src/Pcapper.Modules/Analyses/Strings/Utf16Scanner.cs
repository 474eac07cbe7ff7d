using System.Buffers.Binary;
using System.Numerics;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Finds UTF-16 with the low byte first; what it begins with must be ASCII, letters of other alphabets may follow.</summary>
internal sealed class Utf16Scanner(int minimum, bool isLineAtStart, RunSink found) : RunScanner(minimum, isLineAtStart, found)
{
    // Of ASCII, before letters of other alphabets may follow.
    private const int FirstCharacters = 4;

    // Beyond Latin, Greek, Cyrillic, Armenian and Hebrew any two bytes are a character of something.
    private const char BeyondAlphabets = '\u0600';

    /// <inheritdoc/>
    protected override int Start(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += ByteMasks.Length)
        {
            var masks = ByteMasks.Of(bytes[at..]);
            if (masks.Zero == 0 && masks.Unknown == 0 && masks.Printable >> 63 == 0)
            {
                continue;
            }

            ulong pairs = (masks.Printable | masks.Unknown) & (((masks.Zero | masks.Unknown) >> 1) | (1ul << 63));
            ulong run = pairs;
            for (int i = 1; i < FirstCharacters && run != 0; i++)
            {
                pairs = (pairs >> 2) | (3ul << 62);
                run &= pairs;
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
        while (at < most && bytes.Length - at >= 2 && IsText((char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]), before + (at / 2)))
        {
            at += 2;
        }

        characters = at / 2;
        isOpen = at < most && bytes.Length - at < 2;
        return at;
    }

    /// <inheritdoc/>
    protected override bool EndsLine(ReadOnlySpan<byte> bytes) => false;

    /// <inheritdoc/>
    protected override bool IsLineEnd(ReadOnlySpan<byte> bytes) => false;

    /// <inheritdoc/>
    protected override StringEncoding EncodingOf(ReadOnlySpan<byte> run) => StringEncoding.Utf16;

    private static bool IsText(char c, int before) => c is (>= ' ' and <= '~') or '\t' || (before >= FirstCharacters && c is >= '\u00A1' and < BeyondAlphabets && char.IsLetter(c));
}
