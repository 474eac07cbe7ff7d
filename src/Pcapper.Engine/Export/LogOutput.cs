using System.Buffers;
using System.Globalization;
using System.Text;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Writes the pieces of log rows as UTF-8.</summary>
internal static class LogOutput
{
    private const int MaxNumber = 400;

    public static void Put(this IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public static void Put(this IBufferWriter<byte> output, ReadOnlySpan<byte> value) => output.Write(value);

    public static void Ascii(this IBufferWriter<byte> output, string value)
        => output.Advance(Encoding.ASCII.GetBytes(value, output.GetSpan(value.Length)));

    public static void Format<T>(this IBufferWriter<byte> output, T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        // 400 bytes hold every number, a double with six decimals included.
        value.TryFormat(output.GetSpan(MaxNumber), out int written, format, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>Writes nanoseconds as seconds with six decimals, rounded down as Zeek's clock is.</summary>
    public static void Seconds(this IBufferWriter<byte> output, long nanoseconds)
    {
        (long micros, long rest) = Math.DivRem(nanoseconds, 1000);
        if (rest < 0)
        {
            micros--;
        }

        if (micros < 0)
        {
            output.Put((byte)'-');
        }

        (ulong whole, ulong fraction) = Math.DivRem((ulong)Math.Abs(micros), 1_000_000ul);
        output.Format(whole);
        output.Put((byte)'.');
        output.Format(fraction, "D6");
    }

    /// <summary>Writes a character as it is.</summary>
    public static void Rune(this IBufferWriter<byte> output, Rune rune) => output.Advance(rune.EncodeToUtf8(output.GetSpan(4)));

    /// <summary>Writes each byte of a code point's UTF-8 as <c>\xNN</c>, also of code points that have no valid UTF-8.</summary>
    public static void Escaped(this IBufferWriter<byte> output, int codePoint, bool isJson)
    {
        // A byte that was no UTF-8: JSON cannot hold it, so it shows as U+FFFD there, as in other tools; tab-separated logs have it as \xNN.
        bool isByte = codePoint <= char.MaxValue && WireText.IsEscapedByte((char)codePoint);
        if (isByte && isJson)
        {
            output.Put("\uFFFD"u8);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        int length;
        if (isByte)
        {
            bytes[0] = (byte)(codePoint - 0xDC00);
            length = 1;
        }
        else if (System.Text.Rune.TryCreate(codePoint, out Rune rune))
        {
            length = rune.EncodeToUtf8(bytes);
        }
        else
        {
            // Half of a surrogate pair: the three bytes it would have.
            bytes[0] = (byte)(0xE0 | (codePoint >> 12));
            bytes[1] = (byte)(0x80 | ((codePoint >> 6) & 0x3F));
            bytes[2] = (byte)(0x80 | (codePoint & 0x3F));
            length = 3;
        }

        foreach (byte b in bytes[..length])
        {
            output.Put(isJson ? "\\\\x"u8 : "\\x"u8);
            output.Format(b, "x2");
        }
    }
}
