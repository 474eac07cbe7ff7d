using System.Globalization;
using System.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Reads names and resource records out of a message, following compression pointers backwards only (RFC 1035, 4.1.4).</summary>
internal static class DnsWire
{
    /// <summary>Length of the header.</summary>
    public const int Header = 12;

    private const int MaxName = 255;
    private const int MaxLabel = 63;
    private const ushort ClassMask = 0x7FFF;
    private const ushort Opt = 41;

    /// <summary>Steps over a name; returns the position behind it, or -1.</summary>
    public static int SkipName(ReadOnlySpan<byte> message, int at)
    {
        int length = 0;
        while ((uint)at < (uint)message.Length)
        {
            byte label = message[at];
            if (label == 0)
            {
                return at + 1;
            }

            if (label >= 0xC0)
            {
                return at + 2 <= message.Length ? at + 2 : -1;
            }

            length += label + 1;
            if (label > MaxLabel || length > MaxName)
            {
                return -1;
            }

            at += label + 1;
        }

        return -1;
    }

    /// <summary>Reads a name; <paramref name="at"/> moves behind it. Returns null if it breaks the rules.</summary>
    public static string? ReadName(ReadOnlySpan<byte> message, ref int at)
    {
        Span<byte> name = stackalloc byte[MaxName + 1];
        int length = 0;
        int jumps = 0;
        int position = at;
        int lowest = at;
        bool jumped = false;
        while ((uint)position < (uint)message.Length)
        {
            byte label = message[position];
            if (label == 0)
            {
                at = jumped ? at : position + 1;
                return length == 0 ? "" : WireText.Decode(name[..(length - 1)]);
            }

            if (label >= 0xC0)
            {
                if (position + 1 >= message.Length || ++jumps > Limits.DnsJumps)
                {
                    return null;
                }

                int target = ((label & 0x3F) << 8) | message[position + 1];
                if (!jumped)
                {
                    at = position + 2;
                    jumped = true;
                }

                // Pointers go to "a prior occurrence"; forward ones and loops are refused.
                if (target >= lowest)
                {
                    return null;
                }

                lowest = target;
                position = target;
                continue;
            }

            if (label > MaxLabel || position + 1 + label > message.Length || length + label + 1 > MaxName)
            {
                return null;
            }

            message.Slice(position + 1, label).CopyTo(name[length..]);
            length += label;
            name[length++] = (byte)'.';
            position += label + 1;
        }

        return null;
    }

    /// <summary>Reads a resource record; <paramref name="at"/> moves behind it. Returns false if it runs over the end.</summary>
    public static bool TryReadRecord(ReadOnlySpan<byte> message, ref int at, out DnsResourceRecord record, out uint rawTtl, out ushort rawClass)
    {
        record = default;
        rawTtl = 0;
        rawClass = 0;
        string? name = ReadName(message, ref at);
        if (name is null)
        {
            return false;
        }

        var reader = new WireReader(message[at..]);
        ushort type = reader.U16();
        rawClass = reader.U16();
        rawTtl = reader.U32();
        int dataLength = reader.U16();
        int dataAt = at + reader.Position;
        ReadOnlySpan<byte> data = reader.Take(dataLength);
        if (reader.Overrun)
        {
            return false;
        }

        at = dataAt + dataLength;
        IpAddress? address = (type, data.Length) is (1, 4) or (28, 16) ? IpAddress.FromBytes(data) : null;
        string? text = type == Opt ? null : address?.ToString() ?? DataText(message, dataAt, data, type);
        record = new DnsResourceRecord(name, type, (ushort)(rawClass & ClassMask), rawTtl, text, address, dataLength);
        return true;
    }

    private static string? DataText(ReadOnlySpan<byte> message, int at, ReadOnlySpan<byte> data, ushort type)
    {
        switch (type)
        {
            case 2 or 5 or 6 or 12 or 39:
                return data.Length >= 1 ? ReadName(message, ref at) : null;
            case 15:
                at += 2;
                return data.Length >= 3 ? ReadName(message, ref at) : null;
            case 33:
                at += 6;
                return data.Length >= 7 ? ReadName(message, ref at) : null;
            case 16 or 99:
                return Strings(DnsNames.Type(type), data);
            case 13:
                return Strings("HINFO", data);
            case 64 or 65:
                return Service(message, at, data, type);
            case 43 or 46 or 47 or 48 or 50 or 51 or 52:
                return string.Create(CultureInfo.InvariantCulture, $"{DnsNames.Type(type)} {data.Length}");
            default:
                return DnsNames.IsKnownType(type) ? string.Create(CultureInfo.InvariantCulture, $"{DnsNames.Type(type)} {data.Length}") : null;
        }
    }

    // Zeek's form: the type, then each string with its length.
    private static string Strings(string type, ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder(type);
        while (data.Length > 0 && text.Length < Limits.Text)
        {
            int length = Math.Min(data[0], data.Length - 1);
            text.Append(' ').Append(length).Append(' ').Append(WireText.Decode(data.Slice(1, length)));
            data = data[(length + 1)..];
        }

        return text.Length > Limits.Text ? text.ToString(0, Limits.Text) : text.ToString();
    }

    private static string? Service(ReadOnlySpan<byte> message, int at, ReadOnlySpan<byte> data, ushort type)
    {
        if (data.Length < 3)
        {
            return null;
        }

        int priority = (data[0] << 8) | data[1];
        at += 2;
        string? target = ReadName(message, ref at);
        return target is null ? null : string.Create(CultureInfo.InvariantCulture, $"{DnsNames.Type(type)} {priority} {(target.Length == 0 ? "." : target)}");
    }
}
