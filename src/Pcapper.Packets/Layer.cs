namespace Pcapper.Packets;

/// <summary>A protocol layer of a packet; <see cref="Packet.Path"/> holds up to sixteen, one byte each.</summary>
public enum Layer : byte
{
    /// <summary>No layer.</summary>
    None,

    /// <summary>Ethernet II or 802.3.</summary>
    Ethernet,

    /// <summary>802.1Q or 802.1ad tag.</summary>
    Vlan,

    /// <summary>Linux cooked capture, version 1 or 2.</summary>
    LinuxSll,

    /// <summary>BSD loopback, or Ethernet's loopback test (EtherType 0x9000).</summary>
    Loopback,

    /// <summary>IEEE 802.11.</summary>
    Ieee80211,

    /// <summary>Radiotap, Prism, AVS or PPI header in front of 802.11.</summary>
    Radiotap,

    /// <summary>IEEE 802.2 logical link control, with or without SNAP.</summary>
    Llc,

    /// <summary>PPP.</summary>
    Ppp,

    /// <summary>PPP over Ethernet.</summary>
    PppoE,

    /// <summary>MPLS label stack.</summary>
    Mpls,

    /// <summary>NFLOG.</summary>
    Nflog,

    /// <summary>ARP or RARP.</summary>
    Arp,

    /// <summary>IP version 4.</summary>
    IPv4,

    /// <summary>IP version 6.</summary>
    IPv6,

    /// <summary>A piece of a fragmented datagram.</summary>
    Fragment,

    /// <summary>ICMP for IPv4.</summary>
    Icmp,

    /// <summary>ICMP for IPv6.</summary>
    IcmpV6,

    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,

    /// <summary>SCTP.</summary>
    Sctp,

    /// <summary>Generic routing encapsulation.</summary>
    Gre,

    /// <summary>ERSPAN.</summary>
    Erspan,

    /// <summary>VXLAN.</summary>
    Vxlan,

    /// <summary>Geneve.</summary>
    Geneve,

    /// <summary>GTP user plane.</summary>
    GtpU,

    /// <summary>Teredo.</summary>
    Teredo,

    /// <summary>IGMP.</summary>
    Igmp,

    /// <summary>IPsec ESP.</summary>
    Esp,

    /// <summary>IPsec AH.</summary>
    Ah,

    /// <summary>OSPF.</summary>
    Ospf,

    /// <summary>VRRP.</summary>
    Vrrp,

    /// <summary>PIM.</summary>
    Pim,

    /// <summary>EAP over LAN (802.1X).</summary>
    Eapol,

    /// <summary>LLDP.</summary>
    Lldp,

    /// <summary>Cisco discovery protocol.</summary>
    Cdp,

    /// <summary>Spanning tree.</summary>
    Stp,

    /// <summary>Cisco VLAN trunking protocol.</summary>
    Vtp,

    /// <summary>Cisco dynamic trunking protocol.</summary>
    Dtp,

    /// <summary>A link type that this version cannot decode.</summary>
    UnknownLink,

    /// <summary>A layer that this version does not know.</summary>
    Other,

    /// <summary>Cisco's HDLC.</summary>
    CiscoHdlc,
}
