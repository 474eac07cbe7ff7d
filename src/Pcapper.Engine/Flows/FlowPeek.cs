using System.Buffers.Binary;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Guesses the flow of a frame that is not decoded yet, for what nearly all frames are: TCP or UDP over plain IPv4 over Ethernet.</summary>
internal static class FlowPeek
{
    private const int Ip = 14;
    private const int EtherType = 12;
    private const ushort IPv4 = 0x0800;
    private const int Fragment = 6;
    private const int Protocol = 9;
    private const int Source = 12;
    private const int Destination = 16;

    /// <summary>Gets the hash of the flow's ends, if the frame is of the usual kind.</summary>
    public static bool TryHash(LinkType linkType, ReadOnlySpan<byte> frame, out uint hash)
    {
        hash = 0;
        if (linkType != LinkType.Ethernet || frame.Length < Ip + 24 || BinaryPrimitives.ReadUInt16BigEndian(frame[EtherType..]) != IPv4)
        {
            return false;
        }

        ReadOnlySpan<byte> ip = frame[Ip..];
        var protocol = (IpProtocol)ip[Protocol];
        int header = (ip[0] & 0x0F) * 4;
        bool isFirst = (BinaryPrimitives.ReadUInt16BigEndian(ip[Fragment..]) & 0x3FFF) == 0;
        if (protocol is not (IpProtocol.Tcp or IpProtocol.Udp) || !isFirst || ip.Length < header + 4)
        {
            return false;
        }

        var source = IpAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(ip[Source..]));
        var destination = IpAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(ip[Destination..]));
        var tunnel = default(Encapsulation);
        hash = new FlowEnds(
            in source, BinaryPrimitives.ReadUInt16BigEndian(ip[header..]), in destination, BinaryPrimitives.ReadUInt16BigEndian(ip[(header + 2)..]), protocol, in tunnel).Hash;
        return true;
    }
}
