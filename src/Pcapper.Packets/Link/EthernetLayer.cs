using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>Ethernet II and IEEE 802.3.</summary>
internal static class EthernetLayer
{
    /// <summary>Bytes of two addresses and a type.</summary>
    public const int HeaderLength = 14;

    /// <summary>Reads a header; the addresses count only if it is the outermost.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Ethernet);
        if (!at.Has(HeaderLength, ref packet))
        {
            return Step.Stop;
        }

        ReadOnlySpan<byte> header = at.Bytes[..HeaderLength];
        if (!packet.HasMac)
        {
            packet.HasMac = true;
            packet.DestinationMac = new MacAddress(BinaryPrimitives.ReadUInt64BigEndian(header) >> 16);
            packet.SourceMac = new MacAddress(BinaryPrimitives.ReadUInt64BigEndian(header[4..]) & 0xFFFF_FFFF_FFFF);
        }

        ushort type = BinaryPrimitives.ReadUInt16BigEndian(header[12..]);
        at.Advance(HeaderLength);
        return TypeOrLength(type, ref at, ref packet);
    }

    /// <summary>Chooses by the field behind the addresses or a tag, which is a type or a length (IEEE 802.3, 3.2.6).</summary>
    public static Step TypeOrLength(ushort type, ref Cursor at, ref Packet packet)
    {
        if (type >= EtherTypes.Smallest)
        {
            return EtherTypes.Next(type, ref packet);
        }

        if (type > EtherTypes.LargestLength)
        {
            packet.Anomalies |= Anomalies.BadLength;
            return Step.Other;
        }

        at.SetLength(type, ref packet);
        return Step.Llc;
    }
}
