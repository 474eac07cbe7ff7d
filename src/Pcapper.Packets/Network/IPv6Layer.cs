using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>IP version 6 (RFC 8200).</summary>
internal static class IPv6Layer
{
    /// <summary>Bytes of the fixed header.</summary>
    public const int HeaderLength = 40;

    /// <summary>Reads the fixed header.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.IPv6);
        packet.Network = at.Parts;
        if (!at.Has(HeaderLength, ref packet))
        {
            return Step.Stop;
        }

        ReadOnlySpan<byte> header = at.Bytes[..HeaderLength];
        ulong first = BinaryPrimitives.ReadUInt64BigEndian(header);
        if (first >> 60 != 6)
        {
            packet.Anomalies |= Anomalies.BadVersion;
            return at.Finish(ref packet);
        }

        int length = (ushort)(first >> 16);
        var next = (IpProtocol)(byte)(first >> 8);

        // A length of 0 with something to carry is segmentation offload (or a jumbogram, RFC 2675): the frame's own length counts.
        if (length != 0 || next == IpProtocol.NoNext)
        {
            at.SetLength(HeaderLength + length, ref packet);
        }

        packet.Network = at.Parts;
        packet.HasIp = true;
        packet.Source = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(header[8..]), BinaryPrimitives.ReadUInt64BigEndian(header[16..]));
        packet.Destination = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(header[24..]), BinaryPrimitives.ReadUInt64BigEndian(header[32..]));
        packet.Protocol = next;
        packet.Ttl = (byte)first;
        packet.TrafficClass = (byte)(first >> 52);
        packet.Identification = 0;
        packet.DontFragment = false;
        packet.IpLength = at.Length;
        at.Advance(HeaderLength);
        packet.Transport = at.Parts;
        return Protocols.Next(next, ref at, ref packet);
    }
}
