namespace Pcapper.Packets;

/// <summary>Decodes frames into packets. Never throws, never allocates.</summary>
public static class PacketDecoder
{
    /// <summary>Decodes a frame down to its innermost layer, or to a fragment; replaces everything in <paramref name="packet"/>.</summary>
    public static void Decode(in Frame frame, ref Packet packet)
    {
        packet.Clear();
        packet.Frame.Ref = new FrameRef(frame.Ref.Capture, frame.Ref.Number);
        packet.Frame.Time = frame.Time;
        packet.Frame.LinkType = frame.LinkType;
        packet.Frame.Interface = frame.Interface;
        packet.Frame.OriginalLength = frame.OriginalLength;
        packet.Frame.Bytes = frame.Bytes.Slice(0);
        var at = new Cursor(frame.Bytes.Slice(0), Math.Max(frame.OriginalLength, frame.Bytes.Length));
        Step step = frame.LinkType == LinkType.Ethernet ? ReadUsual(ref at, ref packet) : LinkTypes.Next(frame.LinkType);
        while (step != Step.Stop)
        {
            step = Read(step, ref at, ref packet);
        }
    }

    /// <summary>
    /// Goes on with a reassembled datagram where a fragment ended: <paramref name="payload"/> is everything behind the IP header.
    /// The packet keeps its addresses; <see cref="Packet.IsFragment"/> may be set again by a fragment inside a tunnel.
    /// </summary>
    public static void DecodeDatagram(IpProtocol protocol, ReadOnlySpan<byte> payload, ref Packet packet)
    {
        packet.IsFragment = false;
        packet.MoreFragments = false;
        packet.FragmentOffset = 0;
        packet.IsTruncated = false;
        packet.Protocol = protocol;
        packet.Transport = default;
        packet.Payload = default;
        packet.PayloadLength = 0;
        var at = new Cursor(payload, payload.Length);
        Step step = Protocols.Next(protocol, ref at, ref packet);
        while (step != Step.Stop)
        {
            step = Read(step, ref at, ref packet);
        }
    }

    /// <summary>Decodes the link layers only: afterwards the cursor is at the outermost IP header, or the result is <see cref="Step.Stop"/>.</summary>
    internal static Step DecodeLink(LinkType linkType, ref Cursor at, ref Packet packet)
    {
        Step step = LinkTypes.Next(linkType);
        while (step is not (Step.Stop or Step.IPv4 or Step.IPv6))
        {
            step = Read(step, ref at, ref packet);
        }

        return step;
    }

    // What nearly all frames are, without the detour over the table of steps.
    private static Step ReadUsual(ref Cursor at, ref Packet packet)
    {
        Step step = EthernetLayer.Read(ref at, ref packet);
        if (step == Step.IPv4)
        {
            step = IPv4Layer.Read(ref at, ref packet);
            if (step == Step.Tcp)
            {
                step = TcpLayer.Read(ref at, ref packet);
            }
        }

        return step;
    }

    private static Step Read(Step step, ref Cursor at, ref Packet packet)
    {
        if (packet.IsDeep)
        {
            packet.Anomalies |= Anomalies.TooManyTunnels;
            return at.Finish(ref packet);
        }

        return step switch
        {
            Step.Ethernet => EthernetLayer.Read(ref at, ref packet),
            Step.IPv4 => IPv4Layer.Read(ref at, ref packet),
            Step.Tcp => TcpLayer.Read(ref at, ref packet),
            Step.Udp => UdpLayer.Read(ref at, ref packet),
            Step.IPv6 => IPv6Layer.Read(ref at, ref packet),
            Step.Vlan => VlanLayer.Read(ref at, ref packet, service: false),
            Step.ServiceVlan => VlanLayer.Read(ref at, ref packet, service: true),
            Step.Arp => ArpLayer.Read(ref at, ref packet),
            Step.Icmp => IcmpLayer.Read(ref at, ref packet, Layer.Icmp),
            Step.IcmpV6 => IcmpLayer.Read(ref at, ref packet, Layer.IcmpV6),
            Step.Llc => LlcLayer.Read(ref at, ref packet),
            Step.LinuxSll => LinuxSllLayer.Read(ref at, ref packet),
            Step.LinuxSll2 => LinuxSllLayer.Read2(ref at, ref packet),
            Step.Null => LoopbackLayer.Read(ref at, ref packet),
            Step.Ppp => PppLayer.Read(ref at, ref packet),
            Step.PppWithDirection => PppLayer.ReadWithDirection(ref at, ref packet),
            Step.CiscoHdlc => PppLayer.ReadCiscoHdlc(ref at, ref packet),
            Step.PppoE => PppoELayer.Read(ref at, ref packet),
            Step.Ieee80211 => Ieee80211Layer.Read(ref at, ref packet),
            Step.Radiotap => RadioHeaders.ReadRadiotap(ref at, ref packet),
            Step.Prism => RadioHeaders.ReadPrism(ref at, ref packet),
            Step.Avs => RadioHeaders.ReadAvs(ref at, ref packet),
            Step.Ppi => RadioHeaders.ReadPpi(ref at, ref packet),
            Step.Nflog => NflogLayer.Read(ref at, ref packet),
            Step.Mpls => MplsLayer.Read(ref at, ref packet),
            Step.RawIp => LinkTypes.ByVersion(ref at, ref packet),
            Step.Extensions => IPv6Extensions.Read(ref at, ref packet),
            Step.Ah => IpsecLayer.Read(ref at, ref packet),
            Step.Sctp => SctpLayer.Read(ref at, ref packet),
            Step.Gre => GreLayer.Read(ref at, ref packet),
            Step.IpInIp => IpInIp.Read(ref at, ref packet),
            Step.MplsInIp => IpInIp.ReadMpls(ref at, ref packet),
            Step.NamedProtocol => Protocols.Finish(ref at, ref packet),
            Step.Eapol => at.Finish(Layer.Eapol, ref packet),
            Step.Lldp => at.Finish(Layer.Lldp, ref packet),
            Step.LoopbackTest => at.Finish(Layer.Loopback, ref packet),
            Step.PppoEDiscovery => at.Finish(Layer.PppoE, ref packet),
            Step.UnknownLink => at.Finish(Layer.UnknownLink, ref packet),
            _ => at.Finish(Layer.Other, ref packet),
        };
    }
}
