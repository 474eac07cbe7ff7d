namespace Pcapper.Packets;

/// <summary>Geneve (RFC 8926).</summary>
internal static class GeneveLayer
{
    private const int HeaderLength = 8;

    /// <summary>Reads a header, of version 0 and with zeros where zeros must be.</summary>
    public static bool TryRead(ref Cursor at, ref Packet packet, out Step next)
    {
        var reader = new WireReader(at.Bytes);
        byte first = reader.U8();
        byte flags = reader.U8();
        ushort protocol = reader.U16();
        uint id = (uint)reader.U24();
        byte reserved = reader.U8();
        int optionsLength = (first & 0x3F) * 4;
        reader.Skip(optionsLength);
        next = protocol switch
        {
            EtherTypes.Bridging => Step.Ethernet,
            EtherTypes.IPv4 => Step.IPv4,
            EtherTypes.IPv6 => Step.IPv6,
            EtherTypes.Mpls => Step.Mpls,
            _ => Step.Stop,
        };
        if (reader.Overrun || first >> 6 != 0 || (flags & 0x3F) != 0 || reserved != 0 || next == Step.Stop)
        {
            return false;
        }

        packet.PayloadLength = at.Length;
        if (!UdpTunnels.TryEnter(TunnelKind.Geneve, id, ref packet))
        {
            return false;
        }

        packet.Push(Layer.Geneve);
        at.Advance(HeaderLength + optionsLength);
        return true;
    }
}
