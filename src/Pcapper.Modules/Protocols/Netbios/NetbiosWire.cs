using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>Reads names in the second-level encoding: labels as in DNS, the first of which is the encoded name (RFC 1001, 14.1; RFC 1002, 4.1).</summary>
internal static class NetbiosWire
{
    private const int MaxName = 255;
    private const int MaxLabel = 63;
    private const byte Pointer = 0xC0;

    /// <summary>Reads a name; <paramref name="at"/> moves behind it. Pointers lead backwards only.</summary>
    public static bool TryReadName(ReadOnlySpan<byte> message, ref int at, out NetbiosName name)
    {
        name = default;
        int start = at;
        if (at < 0 || at + 1 >= message.Length)
        {
            return false;
        }

        if (message[at] >= Pointer)
        {
            start = ((message[at] & 0x3F) << 8) | message[at + 1];
            if (start >= at || start + 1 >= message.Length || message[start] >= Pointer)
            {
                return false;
            }

            at += 2;
            return TryReadLabels(message, start, out _, out name);
        }

        if (!TryReadLabels(message, start, out int end, out name))
        {
            return false;
        }

        at = end;
        return true;
    }

    private static bool TryReadLabels(ReadOnlySpan<byte> message, int at, out int end, out NetbiosName name)
    {
        name = default;
        end = at;
        var reader = new WireReader(message[at..]);
        if (reader.U8() != NetbiosName.EncodedLength)
        {
            return false;
        }

        ReadOnlySpan<byte> letters = reader.Take(NetbiosName.EncodedLength);
        Span<byte> scope = stackalloc byte[MaxName];
        int length = 0;
        while (!reader.Overrun)
        {
            int label = reader.U8();
            if (label == 0 && !reader.Overrun)
            {
                end = at + reader.Position;
                return NetbiosName.TryDecode(letters, WireText.Decode(scope[..Math.Max(0, length - 1)]), out name);
            }

            ReadOnlySpan<byte> text = reader.Take(label);
            if (reader.Overrun || label > MaxLabel || length + label + 1 > MaxName)
            {
                return false;
            }

            text.CopyTo(scope[length..]);
            length += label;
            scope[length++] = (byte)'.';
        }

        return false;
    }
}
