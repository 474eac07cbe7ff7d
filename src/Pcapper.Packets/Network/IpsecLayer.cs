namespace Pcapper.Packets;

/// <summary>The authentication header of IPsec (RFC 4302), which hides nothing.</summary>
internal static class IpsecLayer
{
    private const int Smallest = 12;

    /// <summary>Steps over the header.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Ah);
        var reader = new WireReader(at.Bytes);
        var next = (IpProtocol)reader.U8();
        int length = (reader.U8() + 2) * 4;
        if (!at.Has(Smallest, ref packet))
        {
            return Step.Stop;
        }

        if (length < Smallest)
        {
            packet.Anomalies |= Anomalies.ShortHeader;
            return Step.Stop;
        }

        if (!at.Has(length, ref packet))
        {
            return Step.Stop;
        }

        at.Advance(length);
        packet.Protocol = next;
        packet.Transport = at.Bytes;
        return Protocols.Next(next, ref at, ref packet);
    }
}
