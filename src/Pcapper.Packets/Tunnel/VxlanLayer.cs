namespace Pcapper.Packets;

/// <summary>VXLAN (RFC 7348), also with a group policy, and its generic protocol extension.</summary>
internal static class VxlanLayer
{
    private const int HeaderLength = 8;
    private const byte HasId = 0x08;
    private const byte HasIdAndPolicy = 0x88;
    private const byte HasIdAndProtocol = 0x0C;

    /// <summary>Reads a header whose flags and reserved bits are as they must be; any other payload of these ports is left alone.</summary>
    public static bool TryRead(ref Cursor at, ref Packet packet, out Step next)
    {
        var reader = new WireReader(at.Bytes);
        byte flags = reader.U8();
        int middle = reader.U24();
        uint id = (uint)reader.U24();
        byte reserved = reader.U8();
        next = (flags, middle) switch
        {
            (HasId, 0) or (HasIdAndPolicy, _) => Step.Ethernet,
            (HasIdAndProtocol, 1) => Step.IPv4,
            (HasIdAndProtocol, 2) => Step.IPv6,
            (HasIdAndProtocol, 3) => Step.Ethernet,
            _ => Step.Stop,
        };
        int length = at.Length;
        if (reader.Overrun || reserved != 0 || next == Step.Stop || length < HeaderLength + EthernetLayer.HeaderLength)
        {
            return false;
        }

        packet.PayloadLength = length;
        if (!UdpTunnels.TryEnter(TunnelKind.Vxlan, id, ref packet))
        {
            return false;
        }

        packet.Push(Layer.Vxlan);
        at.Advance(HeaderLength);
        return true;
    }
}
