namespace Pcapper.Packets;

/// <summary>What an EtherType (IEEE registration authority) announces.</summary>
internal static class EtherTypes
{
    /// <summary>Internet protocol, version 4.</summary>
    public const ushort IPv4 = 0x0800;

    /// <summary>Address resolution protocol.</summary>
    public const ushort Arp = 0x0806;

    /// <summary>Transparent Ethernet bridging: an Ethernet frame (RFC 1701).</summary>
    public const ushort Bridging = 0x6558;

    /// <summary>Customer VLAN tag.</summary>
    public const ushort Vlan = 0x8100;

    /// <summary>Internet protocol, version 6.</summary>
    public const ushort IPv6 = 0x86DD;

    /// <summary>MPLS, unicast.</summary>
    public const ushort Mpls = 0x8847;

    /// <summary>Service VLAN tag.</summary>
    public const ushort ServiceVlan = 0x88A8;

    /// <summary>The smallest EtherType; up to 1500 the field is a length (IEEE 802.3, 3.2.6).</summary>
    public const ushort Smallest = 0x0600;

    /// <summary>The largest length.</summary>
    public const ushort LargestLength = 1500;

    /// <summary>Gets what follows, and keeps the number if it is the outermost.</summary>
    public static Step Next(ushort etherType, ref Packet packet)
    {
        if (packet.EtherType == 0 && packet.TunnelDepth == 0 && !IsTag(etherType))
        {
            packet.EtherType = etherType;
        }

        return etherType switch
        {
            IPv4 => Step.IPv4,
            IPv6 => Step.IPv6,
            Arp or 0x8035 => Step.Arp,
            Vlan => Step.Vlan,
            ServiceVlan or 0x9100 or 0x9200 => Step.ServiceVlan,
            Mpls or 0x8848 => Step.Mpls,
            0x8863 => Step.PppoEDiscovery,
            0x8864 => Step.PppoE,
            Bridging => Step.Ethernet,
            0x880B => Step.Ppp,
            0x888E => Step.Eapol,
            0x88CC => Step.Lldp,
            0x9000 => Step.LoopbackTest,
            _ => Step.Other,
        };
    }

    /// <summary>Tells whether the number is one that frames inside others often have.</summary>
    public static bool IsKnown(ushort etherType) => etherType is IPv4 or IPv6 or Arp or Mpls or 0x8863 or 0x8864 or 0x88CC or 0x888E or 0x9000 or 0x8902;

    /// <summary>Tells whether the number announces a VLAN tag.</summary>
    public static bool IsTag(ushort etherType) => etherType is Vlan or ServiceVlan or 0x9100 or 0x9200;
}
