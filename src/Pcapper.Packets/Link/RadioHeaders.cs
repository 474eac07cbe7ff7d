using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>What capture drivers put in front of IEEE 802.11 frames: radiotap, Prism, AVS and PPI headers.</summary>
internal static class RadioHeaders
{
    private const uint AvsMagic = 0x8021_1001;
    private const uint AvsMagicMask = 0xFFFF_FFF0;
    private const int PrismLength = 144;

    /// <summary>Reads a radiotap header (radiotap.org), of which only the length and the flags field matter.</summary>
    public static Step ReadRadiotap(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Radiotap);
        var reader = new WireReader(at.Bytes);
        reader.U16();
        int length = reader.U16Little();
        if (!at.Has(8, ref packet))
        {
            return Step.Stop;
        }

        if (length < 8)
        {
            packet.Anomalies |= Anomalies.ShortHeader;
            return Step.Stop;
        }

        if (!at.Has(length, ref packet))
        {
            return Step.Stop;
        }

        byte flags = RadiotapFlags(at.Bytes[..length]);
        at.Advance(length);
        return Ieee80211Layer.Read(ref at, ref packet, hasChecksum: (flags & 0x10) != 0, isPadded: (flags & 0x20) != 0);
    }

    /// <summary>Reads a Prism header, or the AVS header that some drivers write for this link type.</summary>
    public static Step ReadPrism(ref Cursor at, ref Packet packet)
    {
        if (new WireReader(at.Bytes).U32() is var magic && (magic & AvsMagicMask) == (AvsMagic & AvsMagicMask))
        {
            return ReadAvs(ref at, ref packet);
        }

        packet.Push(Layer.Radiotap);
        if (!at.Has(PrismLength, ref packet))
        {
            return Step.Stop;
        }

        at.Advance(PrismLength);
        return Step.Ieee80211;
    }

    /// <summary>Reads an AVS header: magic and length, big-endian.</summary>
    public static Step ReadAvs(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Radiotap);
        if (!at.Has(8, ref packet))
        {
            return Step.Stop;
        }

        var reader = new WireReader(at.Bytes);
        reader.U32();
        uint length = reader.U32();
        if (length is < 8 or > ushort.MaxValue)
        {
            packet.Anomalies |= Anomalies.BadLength;
            return Step.Stop;
        }

        if (!at.Has((int)length, ref packet))
        {
            return Step.Stop;
        }

        at.Advance((int)length);
        return Step.Ieee80211;
    }

    /// <summary>Reads a per-packet information header, which names the link type that follows it.</summary>
    public static Step ReadPpi(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Radiotap);
        var reader = new WireReader(at.Bytes);
        reader.U16();
        int length = reader.U16Little();
        uint linkType = reader.U32Little();
        if (!at.Has(8, ref packet))
        {
            return Step.Stop;
        }

        if (length < 8)
        {
            packet.Anomalies |= Anomalies.ShortHeader;
            return Step.Stop;
        }

        if (!at.Has(length, ref packet))
        {
            return Step.Stop;
        }

        at.Advance(length);
        return LinkTypes.Next((LinkType)linkType);
    }

    // Bit 31 of a "present" word says that another follows; the fields come after them, aligned to their size.
    private static byte RadiotapFlags(ReadOnlySpan<byte> header)
    {
        const uint More = 0x8000_0000;
        const uint HasTime = 1;
        const uint HasFlags = 2;
        const int TimeLength = 8;
        uint present = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        var reader = new WireReader(header);
        reader.Skip(8);
        for (uint word = present; (word & More) != 0 && !reader.Overrun;)
        {
            word = reader.U32Little();
        }

        if ((present & HasTime) != 0)
        {
            reader.Skip((-reader.Position & (TimeLength - 1)) + TimeLength);
        }

        return (present & HasFlags) != 0 ? reader.U8() : (byte)0;
    }
}
