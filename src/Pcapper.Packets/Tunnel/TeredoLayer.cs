namespace Pcapper.Packets;

/// <summary>Teredo (RFC 4380): an IPv6 packet in UDP, on its port behind authentication and origin indications.</summary>
internal static class TeredoLayer
{
    private const ushort Origin = 0;
    private const ushort Authentication = 1;
    private const ulong Prefix = 0x2001_0000;

    /// <summary>
    /// Reads the indications and checks that exactly one IPv6 packet follows.
    /// Between clients the port tells nothing: there, one address must be a Teredo address (2001::/32) too.
    /// </summary>
    public static bool TryRead(bool isServicePort, ref Cursor at, ref Packet packet, out Step next)
    {
        next = Step.IPv6;
        var reader = new WireReader(at.Bytes);
        if (isServicePort)
        {
            SkipIndications(ref reader);
        }

        int header = reader.Position;
        uint version = reader.U32();
        int length = reader.U16();
        reader.U16();
        bool isTeredoAddress = reader.U64() >> 32 == Prefix;
        reader.U64();
        isTeredoAddress |= reader.U64() >> 32 == Prefix;
        reader.U64();
        if (reader.Overrun || version >> 28 != 6 || header + IPv6Layer.HeaderLength + length != at.Length || (!isServicePort && !isTeredoAddress))
        {
            return false;
        }

        packet.PayloadLength = at.Length;
        if (!UdpTunnels.TryEnter(TunnelKind.Teredo, 0, ref packet))
        {
            return false;
        }

        packet.Push(Layer.Teredo);
        at.Advance(header);
        return true;
    }

    // RFC 4380, 5.1.1: authentication first, then origin; both begin with a zero byte, which IPv6 cannot.
    private static void SkipIndications(ref WireReader reader)
    {
        WireReader ahead = reader;
        if (ahead.U16() == Authentication && !ahead.Overrun)
        {
            int clientLength = ahead.U8();
            int valueLength = ahead.U8();
            ahead.Skip(clientLength + valueLength + 9);   // and nonce, confirmation
            reader = ahead;
        }

        ahead = reader;
        if (ahead.U16() == Origin && !ahead.Overrun)
        {
            ahead.Skip(6);
            reader = ahead;
        }
    }
}
