using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>IP version 4 (RFC 791).</summary>
internal static class IPv4Layer
{
    /// <summary>Bytes of a header without options.</summary>
    public const int SmallestHeader = 20;

    private const int LargestDatagram = ushort.MaxValue;

    /// <summary>Reads a header.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.IPv4);
        packet.Network = at.Parts;
        if (!at.Has(SmallestHeader, ref packet))
        {
            return Step.Stop;
        }

        ReadOnlySpan<byte> header = at.Bytes[..SmallestHeader];
        ulong first = BinaryPrimitives.ReadUInt64BigEndian(header);
        if (first >> 60 != 4)
        {
            packet.Anomalies |= Anomalies.BadVersion;
            return at.Finish(ref packet);
        }

        int headerLength = (int)(first >> 56 & 0x0F) * 4;
        if (headerLength < SmallestHeader)
        {
            packet.Anomalies |= Anomalies.ShortHeader;
            return at.Finish(ref packet);
        }

        ulong second = BinaryPrimitives.ReadUInt64BigEndian(header[8..]);
        uint destination = BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        int total = (ushort)(first >> 32);
        if (total >= headerLength)
        {
            at.SetLength(total, ref packet);
        }
        else if (total != 0)
        {
            packet.Anomalies |= Anomalies.BadLength;
        }

        // A total length of 0 is segmentation offload: the frame's own length counts.
        packet.Network = at.Parts;
        packet.HasIp = true;
        packet.Source = IpAddress.FromIPv4((uint)second);
        packet.Destination = IpAddress.FromIPv4(destination);
        packet.Protocol = (IpProtocol)(byte)(second >> 48);
        packet.Ttl = (byte)(second >> 56);
        packet.TrafficClass = (byte)(first >> 48);
        packet.Identification = (ushort)(first >> 16);
        packet.DontFragment = (first & 0x4000) != 0;
        packet.IpLength = at.Length;
        if (headerLength > SmallestHeader)
        {
            if (!at.Has(headerLength, ref packet))
            {
                return Step.Stop;
            }

            if (!AreOptionsValid(at.Bytes[SmallestHeader..headerLength]))
            {
                packet.Anomalies |= Anomalies.BadOptions;
            }
        }

        at.Advance(headerLength);
        packet.Transport = at.Parts;
        int offset = (int)(first & 0x1FFF) * 8;
        bool more = (first & 0x2000) != 0;
        return more || offset != 0
            ? Fragments.Finish(offset, more, LargestDatagram - headerLength, ref at, ref packet)
            : Protocols.Next(packet.Protocol, ref at, ref packet);
    }

    private static bool AreOptionsValid(ReadOnlySpan<byte> options)
    {
        const byte End = 0;
        const byte NoOperation = 1;
        var reader = new WireReader(options);
        while (reader.Remaining > 0)
        {
            byte kind = reader.U8();
            if (kind == End)
            {
                return true;
            }

            if (kind == NoOperation)
            {
                continue;
            }

            int length = reader.U8();
            reader.Skip(length - 2);
            if (reader.Overrun)
            {
                return false;
            }
        }

        return true;
    }
}
