namespace Pcapper.Packets;

/// <summary>ARP and RARP (RFC 826, RFC 903); <see cref="ArpHeader"/> reads the fields out of <see cref="Packet.Network"/>.</summary>
internal static class ArpLayer
{
    private const int FixedLength = 8;

    /// <summary>Cuts the padding off.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Arp);
        packet.Network = at.Bytes;
        var reader = new WireReader(at.Bytes);
        reader.U32();
        int addresses = reader.U8() + reader.U8();
        if (!at.Has(FixedLength, ref packet))
        {
            return Step.Stop;
        }

        int length = FixedLength + (2 * addresses);
        if (!at.Has(length, ref packet))
        {
            return Step.Stop;
        }

        packet.Network = at.Bytes[..length];
        return Step.Stop;
    }
}
