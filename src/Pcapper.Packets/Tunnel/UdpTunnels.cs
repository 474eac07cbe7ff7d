namespace Pcapper.Packets;

/// <summary>Tunnels in UDP: which ports they use, and the record of the UDP layer that is left behind.</summary>
internal static class UdpTunnels
{
    private const ushort VxlanPort = 4789;
    private const ushort VxlanLinuxPort = 8472;
    private const ushort VxlanGpePort = 4790;
    private const ushort GenevePort = 6081;
    private const ushort GtpUPort = 2152;
    private const ushort TeredoPort = 3544;
    private const ushort MplsPort = 6635;

    /// <summary>Looks for a tunnel in a UDP payload; true if the decoding goes on inside it.</summary>
    public static bool TryEnter(ref Cursor at, ref Packet packet, out Step next)
    {
        next = Step.Stop;
        switch (packet.DestinationPort)
        {
            case VxlanPort or VxlanLinuxPort or VxlanGpePort:
                return VxlanLayer.TryRead(ref at, ref packet, out next);
            case GenevePort:
                return GeneveLayer.TryRead(ref at, ref packet, out next);
            case MplsPort:
                return MplsLayer.TryEnter(ref at, ref packet, out next);
            case GtpUPort:
                return GtpULayer.TryRead(ref at, ref packet, out next);
        }

        if (packet.SourcePort == GtpUPort)
        {
            return GtpULayer.TryRead(ref at, ref packet, out next);
        }

        bool isTeredo = packet.DestinationPort == TeredoPort || packet.SourcePort == TeredoPort;
        if (isTeredo || at.Bytes is [>= 0x60 and <= 0x6F, ..])
        {
            return TeredoLayer.TryRead(isTeredo, ref at, ref packet, out next);
        }

        return false;
    }

    /// <summary>Records the UDP layer and enters the tunnel; false if it is one too many.</summary>
    public static bool TryEnter(TunnelKind kind, uint id, ref Packet packet)
    {
        var outer = new OuterUdp
        {
            Tunnel = packet.Tunnel,
            Source = packet.Source,
            Destination = packet.Destination,
            SourcePort = packet.SourcePort,
            DestinationPort = packet.DestinationPort,
            IpLength = packet.IpLength,
            PayloadLength = packet.PayloadLength,
            Carries = kind,
        };
        if (!Tunnels.TryEnter(kind, id, ref packet))
        {
            return false;
        }

        packet.Outer[packet.OuterCount] = outer;
        packet.OuterCount++;
        return true;
    }
}
