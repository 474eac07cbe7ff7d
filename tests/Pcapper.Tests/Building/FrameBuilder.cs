using System.Buffers.Binary;
using Pcapper.Packets;

namespace Pcapper.Tests.Building;

/// <summary>Builds frames from the inside out, with right lengths and checksums: <c>Ethernet(Udp("192.0.2.5:53", "192.0.2.9:5353", bytes))</c>.</summary>
public static class FrameBuilder
{
    public const ulong ClientMac = 0x0200_0000_0001;
    public const ulong ServerMac = 0x0200_0000_0002;

    private const int IPv6Header = 40;

    /// <summary>An Ethernet II frame; the type is guessed from an IP packet's version unless it is given.</summary>
    public static byte[] Ethernet(byte[] network, ushort? type = null, ulong source = ClientMac, ulong destination = ServerMac)
        => [.. Big(destination, 6), .. Big(source, 6), .. Big(type ?? (network[0] >> 4 == 6 ? 0x86DDu : 0x0800u), 2), .. network];

    /// <summary>The same Ethernet frame with one more tag, the outermost.</summary>
    public static byte[] Vlan(byte[] frame, int id, int priority = 0, ushort protocol = 0x8100)
        => [.. frame[..12], .. Big(protocol, 2), .. Big((ulong)((priority << 13) | id), 2), .. frame[12..]];

    /// <summary>An IPv4 or IPv6 packet, by its addresses. The checksum of TCP, UDP, ICMP and ICMPv6 in it is filled in.</summary>
    public static byte[] Ip(string source, string destination, IpProtocol protocol, byte[] payload, byte ttl = 64, ushort identification = 1, bool dontFragment = true)
    {
        byte[] from = Address(source);
        byte[] to = Address(destination);
        byte[] carried = WithChecksum(from, to, protocol, payload);
        return from.Length == 4
            ? IPv4(from, to, protocol, carried, ttl, identification, (ushort)(dontFragment ? 0x4000 : 0))
            : [0x60, 0, 0, 0, .. Big((ulong)carried.Length, 2), (byte)protocol, ttl, .. from, .. to, .. carried];
    }

    /// <summary>A piece of an IP datagram; checksums are the caller's.</summary>
    public static byte[] Fragment(string source, string destination, IpProtocol protocol, byte[] payload, uint identification, int offset, bool more)
    {
        byte[] from = Address(source);
        byte[] to = Address(destination);
        if (from.Length == 4)
        {
            return IPv4(from, to, protocol, payload, 64, (ushort)identification, (ushort)((offset / 8) | (more ? 0x2000 : 0)));
        }

        byte[] header = [(byte)protocol, 0, .. Big((ulong)(uint)(offset | (more ? 1 : 0)), 2), .. Big(identification, 4)];
        return [0x60, 0, 0, 0, .. Big((ulong)(header.Length + payload.Length), 2), (byte)IpProtocol.Fragment, 64, .. from, .. to, .. header, .. payload];
    }

    /// <summary>A UDP datagram in IP; ends are written <c>192.0.2.5:53</c> or <c>[2001:db8::5]:53</c>.</summary>
    public static byte[] Udp(string source, string destination, byte[] payload)
    {
        (string from, ushort fromPort) = End(source);
        (string to, ushort toPort) = End(destination);
        return Ip(from, to, IpProtocol.Udp, UdpHeader(fromPort, toPort, payload));
    }

    /// <summary>A UDP header and payload without IP; its checksum is left 0.</summary>
    public static byte[] UdpHeader(ushort source, ushort destination, byte[] payload)
        => [.. Big(source, 2), .. Big(destination, 2), .. Big((ulong)(8 + payload.Length), 2), 0, 0, .. payload];

    /// <summary>A TCP segment in IP; options must be a multiple of four bytes.</summary>
    public static byte[] Tcp(string source, string destination, uint sequence, uint acknowledgment, TcpFlags flags, byte[]? payload = null, byte[]? options = null, ushort window = 64240)
    {
        (string from, ushort fromPort) = End(source);
        (string to, ushort toPort) = End(destination);
        int headerWords = 5 + ((options?.Length ?? 0) / 4);
        byte[] segment =
        [
            .. Big(fromPort, 2), .. Big(toPort, 2), .. Big(sequence, 4), .. Big(acknowledgment, 4),
            (byte)(headerWords << 4), (byte)flags, .. Big(window, 2), 0, 0, 0, 0, .. options ?? [], .. payload ?? [],
        ];
        return Ip(from, to, IpProtocol.Tcp, segment);
    }

    /// <summary>An ICMP or ICMPv6 message in IP; <paramref name="rest"/> begins behind the checksum.</summary>
    public static byte[] Icmp(string source, string destination, byte type, byte code, byte[] rest)
        => Ip(source, destination, source.Contains(':', StringComparison.Ordinal) ? IpProtocol.IcmpV6 : IpProtocol.Icmp, [type, code, 0, 0, .. rest]);

    /// <summary>An ARP packet for IPv4 over Ethernet.</summary>
    public static byte[] Arp(ushort operation, ulong senderMac, string sender, ulong targetMac, string target)
        => [0, 1, 8, 0, 6, 4, .. Big(operation, 2), .. Big(senderMac, 6), .. Address(sender), .. Big(targetMac, 6), .. Address(target)];

    /// <summary>A number in network order.</summary>
    public static byte[] Big(ulong value, int length)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes[^length..];
    }

    /// <summary>Splits <c>192.0.2.5:53</c> or <c>[2001:db8::5]:53</c>.</summary>
    public static (string Address, ushort Port) End(string end)
    {
        int colon = end.LastIndexOf(':');
        return (end[..colon].Trim('[', ']'), ushort.Parse(end[(colon + 1)..]));
    }

    private static byte[] IPv4(byte[] source, byte[] destination, IpProtocol protocol, byte[] payload, byte ttl, ushort identification, ushort fragment)
    {
        byte[] header =
        [
            0x45, 0, .. Big((ulong)(20 + payload.Length), 2), .. Big(identification, 2), .. Big(fragment, 2),
            ttl, (byte)protocol, 0, 0, .. source, .. destination,
        ];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), Checksum(header));
        return [.. header, .. payload];
    }

    private static byte[] WithChecksum(byte[] source, byte[] destination, IpProtocol protocol, byte[] payload)
    {
        int at = protocol switch { IpProtocol.Tcp => 16, IpProtocol.Udp => 6, IpProtocol.Icmp or IpProtocol.IcmpV6 => 2, _ => payload.Length };
        if (payload.Length < at + 2)
        {
            return payload;
        }

        byte[] copy = [.. payload];
        copy[at] = 0;
        copy[at + 1] = 0;
        byte[] pseudo = protocol == IpProtocol.Icmp ? [] : [.. source, .. destination, .. Big((ulong)payload.Length, 4), .. Big((ulong)protocol, 4)];
        ushort sum = Checksum([.. pseudo, .. copy]);
        BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(at), sum == 0 && protocol == IpProtocol.Udp ? ushort.MaxValue : sum);
        return copy;
    }

    // RFC 1071.
    private static ushort Checksum(byte[] bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            sum += (uint)(bytes[i] << (i % 2 == 0 ? 8 : 0));
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    private static byte[] Address(string text)
    {
        byte[] bytes = new byte[16];
        return bytes[..IpAddress.Parse(text).CopyTo(bytes)];
    }
}
