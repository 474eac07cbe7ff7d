namespace Pcapper.Packets;

/// <summary>ICMP (RFC 792) and ICMPv6 (RFC 4443). A packet quoted in an error message stays payload.</summary>
internal static class IcmpLayer
{
    private const int HeaderLength = 8;
    private const int SmallestHeader = 4;

    /// <summary>Reads type and code; the payload begins after the eight bytes that all but the oddest messages have.</summary>
    public static Step Read(ref Cursor at, ref Packet packet, Layer layer)
    {
        packet.Push(layer);
        var reader = new WireReader(at.Bytes);
        packet.IcmpType = reader.U8();
        packet.IcmpCode = reader.U8();
        int length = at.Length is >= SmallestHeader and < HeaderLength ? at.Length : HeaderLength;
        if (!at.Has(length, ref packet))
        {
            return Step.Stop;
        }

        at.Advance(length);
        return at.Finish(ref packet);
    }
}
