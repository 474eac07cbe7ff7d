using System.Buffers;
using System.Text;

namespace Pcapper.Packets;

/// <summary>
/// Makes text of bytes without losing any: UTF-8, and each byte that is not as the low surrogate U+DC00 + byte (PEP 383's "surrogateescape").
/// Where such text is shown the byte can be written as <c>\xNN</c>; encoded as UTF-8 it becomes U+FFFD.
/// </summary>
public static class WireText
{
    private const char FirstEscape = '\uDC80';
    private const char LastEscape = '\uDCFF';

    /// <summary>Decodes bytes, at most <paramref name="most"/> of them.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, int most = Limits.Text)
    {
        bytes = bytes[..Math.Min(bytes.Length, most)];
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        Span<char> pair = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int used);
            if (status == OperationStatus.Done)
            {
                text.Append(pair[..rune.EncodeToUtf16(pair)]);
            }
            else
            {
                foreach (byte bad in bytes[..used])
                {
                    text.Append((char)(0xDC00 + bad));
                }
            }

            bytes = bytes[used..];
        }

        return text.ToString();
    }

    /// <summary>Tells whether a character stands for a byte that was no UTF-8.</summary>
    public static bool IsEscapedByte(char c) => c is >= FirstEscape and <= LastEscape;
}
