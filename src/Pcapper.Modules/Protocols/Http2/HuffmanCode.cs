namespace Pcapper.Modules.Protocols.Http2;

/// <summary>The Huffman code of header texts (RFC 7541, appendix B). It is canonical: the lengths alone determine it.</summary>
internal static class HuffmanCode
{
    private const int Symbols = 257;
    private const int EndOfString = 256;
    private const int Longest = 30;

    private static readonly short[] s_symbols = new short[Symbols];
    private static readonly int[] s_firstCode = new int[Longest + 1];
    private static readonly int[] s_firstIndex = new int[Longest + 1];
    private static readonly int[] s_count = new int[Longest + 1];

    static HuffmanCode()
    {
        int code = 0;
        int index = 0;
        for (int length = 1; length <= Longest; length++)
        {
            code <<= 1;
            (s_firstCode[length], s_firstIndex[length]) = (code, index);
            for (int symbol = 0; symbol < Symbols; symbol++)
            {
                if (Lengths[symbol] == length)
                {
                    s_symbols[index++] = (short)symbol;
                    s_count[length]++;
                    code++;
                }
            }
        }
    }

    private static ReadOnlySpan<byte> Lengths =>
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    /// <summary>Decodes a text; returns false if its bits are no code or its padding is wrong (RFC 7541, 5.2).</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out byte[] text)
    {
        // The shortest code has five bits.
        text = new byte[(bytes.Length * 8 / 5) + 1];
        int written = 0;
        int code = 0;
        int length = 0;
        bool allOnes = true;
        foreach (byte b in bytes)
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                int value = (b >> bit) & 1;
                code = (code << 1) | value;
                allOnes &= value == 1;
                length++;
                if (length > Longest)
                {
                    return false;
                }

                int offset = code - s_firstCode[length];
                if (offset < 0 || offset >= s_count[length])
                {
                    continue;
                }

                short symbol = s_symbols[s_firstIndex[length] + offset];
                if (symbol == EndOfString)
                {
                    return false;
                }

                text[written++] = (byte)symbol;
                (code, length, allOnes) = (0, 0, true);
            }
        }

        Array.Resize(ref text, written);
        return length < 8 && allOnes;
    }
}
