namespace Pcapper.Packets;

/// <summary>IP protocol numbers, by IANA's registry; others are kept as their number.</summary>
public enum IpProtocol : byte
{
    /// <summary>IPv6 hop-by-hop options.</summary>
    HopByHop = 0,

    /// <summary>ICMP.</summary>
    Icmp = 1,

    /// <summary>IGMP.</summary>
    Igmp = 2,

    /// <summary>IPv4 in IP.</summary>
    IPv4 = 4,

    /// <summary>TCP.</summary>
    Tcp = 6,

    /// <summary>UDP.</summary>
    Udp = 17,

    /// <summary>IPv6 in IP.</summary>
    IPv6 = 41,

    /// <summary>IPv6 routing header.</summary>
    Routing = 43,

    /// <summary>IPv6 fragment header.</summary>
    Fragment = 44,

    /// <summary>GRE.</summary>
    Gre = 47,

    /// <summary>IPsec ESP.</summary>
    Esp = 50,

    /// <summary>IPsec AH.</summary>
    Ah = 51,

    /// <summary>ICMP for IPv6.</summary>
    IcmpV6 = 58,

    /// <summary>IPv6: no next header.</summary>
    NoNext = 59,

    /// <summary>IPv6 destination options.</summary>
    DestinationOptions = 60,

    /// <summary>OSPF.</summary>
    Ospf = 89,

    /// <summary>PIM.</summary>
    Pim = 103,

    /// <summary>VRRP.</summary>
    Vrrp = 112,

    /// <summary>SCTP.</summary>
    Sctp = 132,

    /// <summary>Mobile IPv6 header.</summary>
    Mobility = 135,

    /// <summary>UDP-Lite.</summary>
    UdpLite = 136,

    /// <summary>MPLS in IP.</summary>
    Mpls = 137,
}
