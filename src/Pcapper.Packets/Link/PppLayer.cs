namespace Pcapper.Packets;

/// <summary>PPP (RFC 1661), also with HDLC framing (RFC 1662), and Cisco's HDLC.</summary>
internal static class PppLayer
{
    private const byte AllStations = 0xFF;
    private const byte Unnumbered = 0x03;
    private const byte CiscoUnicast = 0x0F;
    private const byte CiscoBroadcast = 0x8F;

    /// <summary>Reads a header: address and control are optional, and a protocol below 256 may have one byte.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        if (at.Bytes is [CiscoUnicast or CiscoBroadcast, _, ..])
        {
            return ReadCiscoHdlc(ref at, ref packet);
        }

        packet.Push(Layer.Ppp);
        if (at.Bytes is [AllStations, Unnumbered, ..])
        {
            at.Advance(2);
        }

        var reader = new WireReader(at.Bytes);
        int protocol = reader.U8();
        int length = 1;
        if ((protocol & 1) == 0)
        {
            protocol = (protocol << 8) | reader.U8();
            length = 2;
        }

        if (!at.Has(length, ref packet))
        {
            return Step.Stop;
        }

        at.Advance(length);
        switch (protocol)
        {
            case 0x0021:
                return Step.IPv4;
            case 0x0057:
                return Step.IPv6;
            case 0x0281 or 0x0283:
                return Step.Mpls;
            case >= 0x8000:
                // Network and link control protocols, authentication: PPP's own.
                packet.Network = at.Bytes;
                return at.Finish(ref packet);
            default:
                return Step.Other;
        }
    }

    /// <summary>Reads PPP behind a byte that tells the direction.</summary>
    public static Step ReadWithDirection(ref Cursor at, ref Packet packet)
    {
        if (at.Bytes.Length > 0)
        {
            at.Advance(1);
        }

        return Step.Ppp;
    }

    /// <summary>Reads Cisco's HDLC: address, control, and an EtherType.</summary>
    public static Step ReadCiscoHdlc(ref Cursor at, ref Packet packet)
    {
        const int Length = 4;
        const ushort Cdp = 0x2000;
        const ushort Keepalive = 0x8035;
        packet.Push(Layer.CiscoHdlc);
        if (!at.Has(Length, ref packet))
        {
            return Step.Stop;
        }

        var reader = new WireReader(at.Bytes);
        reader.U16();
        ushort type = reader.U16();
        at.Advance(Length);
        switch (type)
        {
            case Cdp:
                return at.Finish(Layer.Cdp, ref packet);
            case Keepalive:
                packet.Network = at.Bytes;
                return at.Finish(ref packet);
            default:
                return EtherTypes.Next(type, ref packet);
        }
    }
}
