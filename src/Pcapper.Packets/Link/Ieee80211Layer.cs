namespace Pcapper.Packets;

/// <summary>IEEE 802.11 data frames; others, protected ones and fragments are not looked into.</summary>
internal static class Ieee80211Layer
{
    private const int ShortestHeader = 10;
    private const int DataHeader = 24;
    private const int ChecksumLength = 4;

    /// <summary>Reads a frame that ends without a checksum, as far as is known.</summary>
    public static Step Read(ref Cursor at, ref Packet packet) => Read(ref at, ref packet, hasChecksum: false, isPadded: false);

    /// <summary>Reads a frame (IEEE 802.11-2020, 9.2.3 and 9.3.2).</summary>
    public static Step Read(ref Cursor at, ref Packet packet, bool hasChecksum, bool isPadded)
    {
        packet.Push(Layer.Ieee80211);
        if (!at.Has(ShortestHeader, ref packet))
        {
            return Step.Stop;
        }

        if (hasChecksum && at.Length >= ShortestHeader + ChecksumLength)
        {
            at.SetLength(at.Length - ChecksumLength, ref packet);
        }

        var reader = new WireReader(at.Bytes);
        byte control = reader.U8();
        byte flags = reader.U8();
        bool isData = (control & 0x0C) == 0x08;
        bool hasNoData = (control & 0x40) != 0;
        if (!isData)
        {
            return at.Finish(ref packet);
        }

        if (!at.Has(DataHeader, ref packet))
        {
            return Step.Stop;
        }

        reader.U16();
        ulong first = reader.U48();
        ulong second = reader.U48();
        ulong third = reader.U48();
        int sequence = reader.U16Little();
        bool toDistribution = (flags & 0x01) != 0;
        bool fromDistribution = (flags & 0x02) != 0;
        bool isFragment = (flags & 0x04) != 0 || (sequence & 0x000F) != 0;
        bool isProtected = (flags & 0x40) != 0;
        ulong fourth = toDistribution && fromDistribution ? reader.U48() : 0;

        // Table 9-30: which address is whose.
        packet.HasMac = true;
        packet.DestinationMac = new MacAddress(toDistribution ? third : first);
        packet.SourceMac = new MacAddress((toDistribution, fromDistribution) switch
        {
            (true, true) => fourth,
            (false, true) => third,
            _ => second,
        });

        bool isAggregate = false;
        if ((control & 0x80) != 0)
        {
            isAggregate = (reader.U16Little() & 0x80) != 0;
            reader.Skip((flags & 0x80) != 0 ? 4 : 0);   // high throughput control
        }

        if (isPadded)
        {
            reader.Skip(-reader.Position & 3);
        }

        if (reader.Overrun)
        {
            at.Has(at.Bytes.Length + 1, ref packet);
            return Step.Stop;
        }

        at.Advance(reader.Position);
        if (hasNoData || isFragment || isProtected)
        {
            return at.Finish(ref packet);
        }

        return isAggregate ? FirstOfAggregate(ref at, ref packet) : Step.Llc;
    }

    // The first MSDU of an A-MSDU (9.3.2.2): two addresses and a length. The others are not decoded.
    private static Step FirstOfAggregate(ref Cursor at, ref Packet packet)
    {
        if (!at.Has(EthernetLayer.HeaderLength, ref packet))
        {
            return Step.Stop;
        }

        var reader = new WireReader(at.Bytes);
        packet.DestinationMac = new MacAddress(reader.U48());
        packet.SourceMac = new MacAddress(reader.U48());
        int length = reader.U16();
        at.Advance(EthernetLayer.HeaderLength);
        at.SetLength(length, ref packet);
        return Step.Llc;
    }
}
