namespace Pcapper.Packets;

/// <summary>IPv4, IPv6 or MPLS directly in IP (RFC 2003, RFC 4213, RFC 2473, RFC 4023).</summary>
internal static class IpInIp
{
    /// <summary>Goes on with the inner header if there can be one.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        Step next = at.Protocol == IpProtocol.IPv4 ? Step.IPv4 : Step.IPv6;
        int version = next == Step.IPv4 ? 4 : 6;
        int smallest = next == Step.IPv4 ? IPv4Layer.SmallestHeader : IPv6Layer.HeaderLength;
        if (new WireReader(at.Bytes).U8() >> 4 != version || at.Length < smallest)
        {
            return at.Finish(Layer.Other, ref packet);
        }

        return Tunnels.TryEnter(TunnelKind.IpInIp, 0, ref packet) ? next : at.Finish(Layer.Other, ref packet);
    }

    /// <summary>Goes on with the label stack.</summary>
    public static Step ReadMpls(ref Cursor at, ref Packet packet)
        => Tunnels.TryEnter(TunnelKind.MplsInIp, 0, ref packet) ? Step.Mpls : at.Finish(Layer.Other, ref packet);
}
