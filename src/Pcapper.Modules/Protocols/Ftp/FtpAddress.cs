using System.Buffers.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>Reads where data connections go.</summary>
internal static class FtpAddress
{
    private const int Numbers = 6;

    /// <summary>Reads <c>h1,h2,h3,h4,p1,p2</c> (RFC 959, 5.3.2), with or without words around it.</summary>
    public static (IpAddress Address, ushort Port)? Numbered(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsAsciiDigit((char)text[at]))
            {
                if (Six(text[at..]) is { } found)
                {
                    return found;
                }

                while (at + 1 < text.Length && char.IsAsciiDigit((char)text[at + 1]))
                {
                    at++;
                }
            }
        }

        return null;
    }

    /// <summary>Reads <c>|1|192.0.2.5|6446|</c> of EPRT (RFC 2428, 2).</summary>
    public static (IpAddress Address, ushort Port)? Extended(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        byte mark = text[0];
        Span<Range> parts = stackalloc Range[6];
        ReadOnlySpan<byte> rest = text;
        int count = 0;
        foreach (Range part in rest.Split(mark))
        {
            if (count == parts.Length)
            {
                break;
            }

            parts[count++] = part;
        }

        return count >= 4 && IpAddress.TryParse(WireText.Decode(text[parts[2]]), out IpAddress address) && Port(text[parts[3]]) is { } port ? (address, port) : null;
    }

    /// <summary>Reads the port of <c>(|||6446|)</c> (RFC 2428, 3).</summary>
    public static ushort? ExtendedPort(ReadOnlySpan<byte> text)
    {
        int open = text.IndexOf((byte)'(');
        if (open < 0 || open + 4 >= text.Length)
        {
            return null;
        }

        ReadOnlySpan<byte> marks = text.Slice(open + 1, 3);
        return marks[0] == marks[1] && marks[1] == marks[2] ? Port(text[(open + 4)..]) : null;
    }

    private static ushort? Port(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out ushort port, out _) && port > 0 ? port : null;

    private static (IpAddress, ushort)? Six(ReadOnlySpan<byte> text)
    {
        ulong value = 0;
        for (int i = 0; i < Numbers; i++)
        {
            if (!Utf8Parser.TryParse(text, out byte number, out int used))
            {
                return null;
            }

            value = (value << 8) | number;
            text = text[used..];
            if (i + 1 < Numbers)
            {
                if (text is not [(byte)',', ..])
                {
                    return null;
                }

                text = text[1..].TrimStart((byte)' ');
            }
        }

        var port = (ushort)value;
        return port == 0 ? null : (IpAddress.FromIPv4((uint)(value >> 16)), port);
    }
}
