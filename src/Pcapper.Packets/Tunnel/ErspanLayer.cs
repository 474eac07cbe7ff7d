namespace Pcapper.Packets;

/// <summary>ERSPAN types I to III in GRE (draft-foschiano-erspan).</summary>
internal static class ErspanLayer
{
    private const int Length2 = 8;
    private const int Length3 = 12;
    private const int PlatformLength = 8;
    private const uint SessionMask = 0x3FF;

    /// <summary>Reads type I, which has no header, or type II.</summary>
    public static Step Read(bool hasHeader, ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Erspan);
        if (!hasHeader)
        {
            return Enter(Step.Ethernet, 0, ref at, ref packet);
        }

        if (!at.Has(Length2, ref packet))
        {
            return Step.Stop;
        }

        uint session = new WireReader(at.Bytes).U32() & SessionMask;
        at.Advance(Length2);
        return Enter(Step.Ethernet, session, ref at, ref packet);
    }

    /// <summary>Reads type III, with the platform's sub-header if there is one.</summary>
    public static Step Read3(ref Cursor at, ref Packet packet)
    {
        const int Ethernet = 0;
        const int Ip = 2;
        packet.Push(Layer.Erspan);
        if (!at.Has(Length3, ref packet))
        {
            return Step.Stop;
        }

        var reader = new WireReader(at.Bytes);
        uint session = reader.U32() & SessionMask;
        reader.U32();
        reader.U16();
        int flags = reader.U16();
        at.Advance(Length3);
        if ((flags & 1) != 0)
        {
            if (!at.Has(PlatformLength, ref packet))
            {
                return Step.Stop;
            }

            at.Advance(PlatformLength);
        }

        return (flags >> 10 & 0x1F) switch
        {
            Ethernet => Enter(Step.Ethernet, session, ref at, ref packet),
            Ip => Enter(Step.RawIp, session, ref at, ref packet),
            _ => at.Finish(Layer.Other, ref packet),
        };
    }

    private static Step Enter(Step next, uint session, ref Cursor at, ref Packet packet)
        => Tunnels.TryEnter(TunnelKind.Erspan, session, ref packet) ? next : at.Finish(Layer.Other, ref packet);
}
