namespace Pcapper.Packets;

/// <summary>Generic routing encapsulation (RFC 2784, RFC 2890, RFC 1701), NVGRE (RFC 7637), and version 1 for PPTP (RFC 2637).</summary>
internal static class GreLayer
{
    private const ushort Checksum = 0x8000;
    private const ushort Routing = 0x4000;
    private const ushort Key = 0x2000;
    private const ushort Sequence = 0x1000;
    private const ushort Acknowledgment = 0x0080;
    private const ushort Version = 0x0007;
    private const ushort Ppp = 0x880B;
    private const ushort Wccp = 0x883E;
    private const ushort Erspan2 = 0x88BE;
    private const ushort Erspan3 = 0x22EB;

    /// <summary>Reads a header and goes on with what it carries, if that is known.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Gre);
        var reader = new WireReader(at.Bytes);
        ushort flags = reader.U16();
        ushort protocol = reader.U16();
        if (!at.Has(4, ref packet))
        {
            return Step.Stop;
        }

        switch (flags & Version)
        {
            case 0:
                break;
            case 1 when protocol == Ppp:
                return ReadPptp(flags, ref reader, ref at, ref packet);
            default:
                packet.Anomalies |= Anomalies.BadVersion;
                return at.Finish(Layer.Other, ref packet);
        }

        reader.Skip((flags & (Checksum | Routing)) != 0 ? 4 : 0);
        uint key = (flags & Key) != 0 ? reader.U32() : 0;
        reader.Skip((flags & Sequence) != 0 ? 4 : 0);
        if ((flags & Routing) != 0)
        {
            SkipRoutes(ref reader);
        }

        return TryPass(ref reader, ref at, ref packet) ? Carried(protocol, flags, key, ref at, ref packet) : Step.Stop;
    }

    private static Step Carried(ushort protocol, ushort flags, uint key, ref Cursor at, ref Packet packet)
    {
        switch (protocol)
        {
            case Erspan2:
                return ErspanLayer.Read(hasHeader: (flags & Sequence) != 0, ref at, ref packet);
            case Erspan3:
                return ErspanLayer.Read3(ref at, ref packet);
            case Wccp:
                // Version 2 puts four bytes before the IP header (draft-wilson-wrec-wccp-v2, 3.3.3).
                if (new WireReader(at.Bytes).U8() >> 4 != 4 && at.Bytes.Length >= 4)
                {
                    at.Advance(4);
                }

                return Enter(Step.IPv4, 0, ref at, ref packet);
        }

        Step next = protocol switch
        {
            EtherTypes.IPv4 => Step.IPv4,
            EtherTypes.IPv6 => Step.IPv6,
            EtherTypes.Bridging => Step.Ethernet,
            EtherTypes.Arp => Step.Arp,
            EtherTypes.Mpls => Step.Mpls,
            Ppp => Step.Ppp,
            _ => Step.Other,
        };

        // NVGRE keeps the virtual subnet in the upper 24 bits of the key, and a flow hash below (RFC 7637, 3.2).
        uint id = protocol == EtherTypes.Bridging ? key >> 8 : 0;
        return next == Step.Other || at.Length == 0 ? at.Finish(Layer.Other, ref packet) : Enter(next, id, ref at, ref packet);
    }

    private static Step ReadPptp(ushort flags, ref WireReader reader, ref Cursor at, ref Packet packet)
    {
        int length = reader.U16();
        reader.U16();
        reader.Skip((flags & Sequence) != 0 ? 4 : 0);
        reader.Skip((flags & Acknowledgment) != 0 ? 4 : 0);
        if (!TryPass(ref reader, ref at, ref packet))
        {
            return Step.Stop;
        }

        if ((flags & Sequence) == 0 || length == 0)
        {
            return at.Finish(ref packet);   // an acknowledgment alone
        }

        at.SetLength(length, ref packet);
        return Enter(Step.Ppp, 0, ref at, ref packet);
    }

    private static Step Enter(Step next, uint id, ref Cursor at, ref Packet packet)
        => Tunnels.TryEnter(TunnelKind.Gre, id, ref packet) ? next : at.Finish(Layer.Other, ref packet);

    private static bool TryPass(ref WireReader reader, ref Cursor at, ref Packet packet)
    {
        if (reader.Overrun)
        {
            at.Has(at.Bytes.Length + 1, ref packet);
            return false;
        }

        at.Advance(reader.Position);
        return true;
    }

    // Source route entries, ended by an empty one (RFC 1701).
    private static void SkipRoutes(ref WireReader reader)
    {
        while (!reader.Overrun)
        {
            ushort family = reader.U16();
            reader.U8();
            int length = reader.U8();
            if (family == 0 && length == 0)
            {
                return;
            }

            reader.Skip(length);
        }
    }
}
