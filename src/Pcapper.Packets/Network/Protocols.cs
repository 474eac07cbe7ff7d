namespace Pcapper.Packets;

/// <summary>What an IP protocol number announces.</summary>
internal static class Protocols
{
    /// <summary>Gets what follows an IP header or extension header.</summary>
    public static Step Next(IpProtocol protocol, ref Cursor at, ref Packet packet)
    {
        at.Protocol = protocol;
        return protocol switch
        {
            IpProtocol.Tcp => Step.Tcp,
            IpProtocol.Udp => Step.Udp,
            IpProtocol.Icmp => Step.Icmp,
            IpProtocol.IcmpV6 => Step.IcmpV6,
            IpProtocol.Sctp => Step.Sctp,
            IpProtocol.Gre => Step.Gre,
            IpProtocol.IPv4 or IpProtocol.IPv6 => Step.IpInIp,
            IpProtocol.Mpls => Step.MplsInIp,
            IpProtocol.Ah => Step.Ah,
            _ when IPv6Extensions.Is(protocol) && !packet.Source.IsIPv4 => Step.Extensions,
            _ => Step.NamedProtocol,
        };
    }

    /// <summary>Ends the decoding at a protocol that is known by name, or not at all.</summary>
    public static Step Finish(ref Cursor at, ref Packet packet) => at.Protocol switch
    {
        IpProtocol.Igmp => at.Finish(Layer.Igmp, ref packet),
        IpProtocol.Esp => at.Finish(Layer.Esp, ref packet),
        IpProtocol.Ospf => at.Finish(Layer.Ospf, ref packet),
        IpProtocol.Pim => at.Finish(Layer.Pim, ref packet),
        IpProtocol.Vrrp => at.Finish(Layer.Vrrp, ref packet),
        IpProtocol.NoNext => at.Finish(ref packet),
        _ => at.Finish(Layer.Other, ref packet),
    };
}
