namespace Pcapper.Packets;

/// <summary>IEEE 802.2 logical link control, with SNAP (RFC 1042).</summary>
internal static class LlcLayer
{
    private const byte Snap = 0xAA;
    private const byte SpanningTree = 0x42;
    private const byte Ip = 0x06;
    private const int Cisco = 0x00_000C;
    private const int BridgeTunnel = 0x00_00F8;   // IEEE 802.1H

    /// <summary>Reads a header.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Llc);
        var reader = new WireReader(at.Bytes);
        byte destination = reader.U8();
        byte source = reader.U8();
        byte control = reader.U8();
        if (!at.Has(3, ref packet))
        {
            return Step.Stop;
        }

        if (destination == Snap && (source & 0xFE) == Snap && control == 3)
        {
            return ReadSnap(ref reader, ref at, ref packet);
        }

        // An unnumbered control field has one byte, the others have two.
        int length = (control & 3) == 3 ? 3 : 4;
        if (!at.Has(length, ref packet))
        {
            return Step.Stop;
        }

        at.Advance(length);
        return destination switch
        {
            SpanningTree => at.Finish(Layer.Stp, ref packet),
            Ip when source == Ip => Step.IPv4,   // RFC 948
            _ => Step.Other,
        };
    }

    private static Step ReadSnap(ref WireReader reader, ref Cursor at, ref Packet packet)
    {
        int organization = reader.U24();
        ushort protocol = reader.U16();
        if (!at.Has(8, ref packet))
        {
            return Step.Stop;
        }

        at.Advance(8);
        return organization switch
        {
            0 or BridgeTunnel => EtherTypes.Next(protocol, ref packet),
            Cisco => protocol switch
            {
                0x2000 => at.Finish(Layer.Cdp, ref packet),
                0x2003 => at.Finish(Layer.Vtp, ref packet),
                0x2004 => at.Finish(Layer.Dtp, ref packet),
                0x010B => at.Finish(Layer.Stp, ref packet),   // one spanning tree per VLAN
                _ => Step.Other,
            },
            _ => Step.Other,
        };
    }
}
