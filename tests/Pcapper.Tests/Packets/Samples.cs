using Pcapper.Packets;
using Pcapper.Tests.Building;

namespace Pcapper.Tests.Packets;

/// <summary>One valid frame of every kind, and the layers it has.</summary>
internal static class Samples
{
    private static readonly byte[] s_payload = Hex.Text("hello, world");
    private static readonly byte[] s_ip = FrameBuilder.Udp("192.0.2.5:40000", "198.51.100.9:9999", s_payload);
    private static readonly byte[] s_ip6 = FrameBuilder.Udp("[2001:db8::5]:40000", "[2001:db8::9]:9999", s_payload);
    private static readonly byte[] s_tcp = FrameBuilder.Tcp("192.0.2.5:49152", "198.51.100.9:502", 1, 2, TcpFlags.Ack | TcpFlags.Psh, s_payload, Hex.Bytes("01 01 08 0A 00 00 00 01 00 00 00 02"));
    private static readonly byte[] s_ethernet = FrameBuilder.Ethernet(s_ip);

    public static IEnumerable<(string Path, LinkType LinkType, byte[] Bytes)> All =>
    [
        ("Ethernet/IPv4/Udp", LinkType.Ethernet, s_ethernet),
        ("Ethernet/IPv6/Udp", LinkType.Ethernet, FrameBuilder.Ethernet(s_ip6)),
        ("Ethernet/IPv4/Tcp", LinkType.Ethernet, FrameBuilder.Ethernet(s_tcp)),
        ("Ethernet/IPv4/Icmp", LinkType.Ethernet, FrameBuilder.Ethernet(FrameBuilder.Icmp("192.0.2.5", "192.0.2.9", 8, 0, [0, 1, 0, 2, .. s_payload]))),
        ("Ethernet/IPv6/IcmpV6", LinkType.Ethernet, FrameBuilder.Ethernet(FrameBuilder.Icmp("2001:db8::5", "2001:db8::9", 128, 0, [0, 1, 0, 2, .. s_payload]))),
        ("Ethernet/IPv4/Sctp", LinkType.Ethernet, InIp(IpProtocol.Sctp, Hex.Bytes("""
            9C 40 0B 59  ports 40000, 2905
            00 00 00 01  verification tag
            00 00 00 00  checksum
            00 00 00 04  a DATA chunk without data
            """))),
        ("Ethernet/IPv4/Igmp", LinkType.Ethernet, InIp(IpProtocol.Igmp, Hex.Bytes("16 00 09 04 E0 00 00 FB"))),
        ("Ethernet/IPv4/Esp", LinkType.Ethernet, InIp(IpProtocol.Esp, Hex.Bytes("00 00 10 01 00 00 00 01 AA BB CC DD"))),
        ("Ethernet/IPv4/Ospf", LinkType.Ethernet, InIp(IpProtocol.Ospf, Hex.Bytes("02 01 00 2C 01 01 01 01"))),
        ("Ethernet/IPv4/Pim", LinkType.Ethernet, InIp(IpProtocol.Pim, Hex.Bytes("20 00 00 00 00 01 00 02 00 69"))),
        ("Ethernet/IPv4/Vrrp", LinkType.Ethernet, InIp(IpProtocol.Vrrp, Hex.Bytes("21 01 64 01 00 01 00 00"))),
        ("Ethernet/IPv4/Other", LinkType.Ethernet, InIp((IpProtocol)88, Hex.Bytes("02 05 00 00"))),
        ("Ethernet/IPv4/Ah/Udp", LinkType.Ethernet, InIp(IpProtocol.Ah, [.. Hex.Bytes("""
            11           UDP follows
            04 00 00     six words
            00 00 10 01  security parameters index
            00 00 00 01  sequence number
            AA BB CC DD AA BB CC DD AA BB CC DD  integrity check value
            """), .. FrameBuilder.UdpHeader(1, 2, s_payload)])),
        ("Ethernet/IPv4/Fragment", LinkType.Ethernet, FrameBuilder.Ethernet(FrameBuilder.Fragment("192.0.2.5", "192.0.2.9", IpProtocol.Udp, [.. s_payload, 0, 0, 0, 0], 7, 8, more: true))),
        ("Ethernet/IPv6/Fragment", LinkType.Ethernet, FrameBuilder.Ethernet(FrameBuilder.Fragment("2001:db8::5", "2001:db8::9", IpProtocol.Udp, s_payload, 7, 8, more: false))),
        ("Ethernet/IPv6/Udp", LinkType.Ethernet, FrameBuilder.Ethernet(FrameBuilder.Ip("2001:db8::5", "2001:db8::9", IpProtocol.HopByHop, [.. Hex.Bytes("""
            3C 00 05 02 00 00 01 00  hop-by-hop: router alert
            2B 00 01 04 00 00 00 00  destination options: padding
            2C 00 04 00 00 00 00 00  routing, no segments left
            11 00 00 00 00 00 00 07  fragment, the only one
            """), .. FrameBuilder.UdpHeader(1, 2, s_payload)]))),
        ("Ethernet/Arp", LinkType.Ethernet, FrameBuilder.Ethernet(FrameBuilder.Arp(1, FrameBuilder.ClientMac, "192.0.2.5", 0, "192.0.2.9"), 0x0806)),
        ("Ethernet/Eapol", LinkType.Ethernet, FrameBuilder.Ethernet(Hex.Bytes("02 01 00 00"), 0x888E)),
        ("Ethernet/Lldp", LinkType.Ethernet, FrameBuilder.Ethernet(Hex.Bytes("02 07 04 02 00 00 00 00 01 00 00"), 0x88CC)),
        ("Ethernet/Loopback", LinkType.Ethernet, FrameBuilder.Ethernet(Hex.Bytes("00 00 01 00 00 00"), 0x9000)),
        ("Ethernet/Other", LinkType.Ethernet, FrameBuilder.Ethernet(Hex.Bytes("01 02 03 04"), 0x88B8)),
        ("Ethernet/Vlan/IPv4/Udp", LinkType.Ethernet, FrameBuilder.Vlan(s_ethernet, 42)),
        ("Ethernet/Vlan/Vlan/IPv4/Udp", LinkType.Ethernet, FrameBuilder.Vlan(FrameBuilder.Vlan(s_ethernet, 42), 7, protocol: 0x88A8)),
        ("Ethernet/Llc/Stp", LinkType.Ethernet, Ieee8023("42 42 03 00 00 00 00")),
        ("Ethernet/Llc/Cdp", LinkType.Ethernet, Ieee8023("AA AA 03 00 00 0C 20 00 02 B4 00 00")),
        ("Ethernet/Llc/Vtp", LinkType.Ethernet, Ieee8023("AA AA 03 00 00 0C 20 03 01 02 03 04")),
        ("Ethernet/Llc/Dtp", LinkType.Ethernet, Ieee8023("AA AA 03 00 00 0C 20 04 01 00 01 00")),
        ("Ethernet/Llc/Other", LinkType.Ethernet, Ieee8023("E0 E0 03 FF FF 00 1E")),
        ("Ethernet/Llc/IPv4/Udp", LinkType.Ethernet, Ieee8023("AA AA 03 00 00 00 08 00" + Convert.ToHexString(s_ip))),
        ("Ethernet/PppoE", LinkType.Ethernet, FrameBuilder.Ethernet(Hex.Bytes("11 09 00 00 00 04 01 01 00 00"), 0x8863)),
        ("Ethernet/PppoE/Ppp/IPv4/Udp", LinkType.Ethernet, FrameBuilder.Ethernet([.. Hex.Bytes("11 00 00 11"), .. FrameBuilder.Big((ulong)(2 + s_ip.Length), 2), 0, 0x21, .. s_ip], 0x8864)),
        ("Ethernet/Mpls/IPv4/Udp", LinkType.Ethernet, FrameBuilder.Ethernet([.. Hex.Bytes("00 01 00 40 00 01 11 40"), .. s_ip], 0x8847)),
        ("Ethernet/Mpls/IPv6/Udp", LinkType.Ethernet, FrameBuilder.Ethernet([.. Hex.Bytes("00 01 11 40"), .. s_ip6], 0x8847)),
        ("Ethernet/Mpls/Ethernet/IPv4/Udp", LinkType.Ethernet, FrameBuilder.Ethernet([.. Hex.Bytes("00 01 11 40 00 00 00 00"), .. s_ethernet], 0x8847)),
        ("LinuxSll/IPv4/Udp", LinkType.LinuxSll, [.. Hex.Bytes("""
            00 04 00 01  sent by us, Ethernet
            00 06 02 00 00 00 00 01 00 00  link address
            08 00        IPv4
            """), .. s_ip]),
        ("LinuxSll/IPv6/Udp", LinkType.LinuxSll2, [.. Hex.Bytes("""
            86 DD 00 00  IPv6
            00 00 00 02  interface
            00 01 00 06  Ethernet, to us
            02 00 00 00 00 01 00 00  link address
            """), .. s_ip6]),
        ("Loopback/IPv4/Udp", LinkType.Null, [2, 0, 0, 0, .. s_ip]),
        ("Loopback/IPv4/Udp", LinkType.Null, [0, 0, 0, 2, .. s_ip]),
        ("Loopback/IPv6/Udp", LinkType.Loop, [0, 0, 0, 30, .. s_ip6]),
        ("IPv4/Udp", LinkType.Raw, s_ip),
        ("IPv6/Udp", LinkType.RawBsd, s_ip6),
        ("IPv4/Udp", LinkType.IPv4, s_ip),
        ("IPv6/Udp", LinkType.IPv6, s_ip6),
        ("Ppp/IPv4/Udp", LinkType.Ppp, [0xFF, 0x03, 0x00, 0x21, .. s_ip]),
        ("Ppp/IPv4/Udp", LinkType.PppHdlc, [0x21, .. s_ip]),
        ("Ppp/IPv6/Udp", LinkType.PppWithDirection, [0x01, 0xFF, 0x03, 0x00, 0x57, .. s_ip6]),
        ("Ppp", LinkType.Ppp, Hex.Bytes("FF 03 C0 21 01 01 00 04")),
        ("CiscoHdlc/IPv4/Udp", LinkType.CiscoHdlc, [0x0F, 0x00, 0x08, 0x00, .. s_ip]),
        ("CiscoHdlc/Cdp", LinkType.CiscoHdlc, Hex.Bytes("8F 00 20 00 02 B4 00 00")),
        ("Nflog/IPv4/Udp", LinkType.Nflog, [.. Hex.Bytes("""
            02 00 00 00  IPv4, version 0
            05 00 0A 00 00 00 00 00  prefix, empty
            """), (byte)(4 + s_ip.Length), 0, 9, 0, .. s_ip]),
        ("Ieee80211/Llc/IPv4/Udp", LinkType.Ieee80211, Ieee80211Tests.Data(s_ip)),
        ("Radiotap/Ieee80211/Llc/IPv4/Udp", LinkType.Radiotap, [.. Hex.Bytes("00 00 09 00 02 00 00 00 00"), .. Ieee80211Tests.Data(s_ip)]),
        ("Radiotap/Ieee80211/Llc/IPv4/Udp", LinkType.Ppi, [.. Hex.Bytes("00 00 08 00 69 00 00 00"), .. Ieee80211Tests.Data(s_ip)]),
        ("Radiotap/Ieee80211/Llc/IPv4/Udp", LinkType.Avs, [.. Hex.Bytes("80 21 10 01 00 00 00 40"), .. new byte[56], .. Ieee80211Tests.Data(s_ip)]),
        ("Radiotap/Ieee80211/Llc/IPv4/Udp", LinkType.Prism, [.. Hex.Bytes("44 00 00 00 90 00 00 00"), .. new byte[136], .. Ieee80211Tests.Data(s_ip)]),
        ("Ethernet/IPv4/Gre/IPv4/Udp", LinkType.Ethernet, InIp(IpProtocol.Gre, [.. Hex.Bytes("00 00 08 00"), .. s_ip])),
        ("Ethernet/IPv4/Gre/IPv6/Udp", LinkType.Ethernet, InIp(IpProtocol.Gre, [.. Hex.Bytes("""
            B0 00 86 DD  checksum, key and sequence; IPv6
            00 00 00 00  checksum
            00 00 00 05  key
            00 00 00 01  sequence
            """), .. s_ip6])),
        ("Ethernet/IPv4/Gre/Ethernet/IPv4/Udp", LinkType.Ethernet, InIp(IpProtocol.Gre, [.. Hex.Bytes("20 00 65 58 00 12 34 01"), .. s_ethernet])),
        ("Ethernet/IPv4/Gre/Ppp/IPv4/Udp", LinkType.Ethernet, InIp(IpProtocol.Gre, [.. Hex.Bytes("30 01 88 0B"), .. FrameBuilder.Big((ulong)(4 + s_ip.Length), 2), .. Hex.Bytes("00 07 00 00 00 01 FF 03 00 21"), .. s_ip])),
        ("Ethernet/IPv4/Gre/Erspan/Ethernet/IPv4/Udp", LinkType.Ethernet, InIp(IpProtocol.Gre, [.. Hex.Bytes("00 00 88 BE"), .. s_ethernet])),
        ("Ethernet/IPv4/Gre/Erspan/Ethernet/IPv4/Udp", LinkType.Ethernet, InIp(IpProtocol.Gre, [.. Hex.Bytes("10 00 88 BE 00 00 00 01 10 01 00 09 00 00 00 00"), .. s_ethernet])),
        ("Ethernet/IPv4/Gre/Erspan/Ethernet/IPv4/Udp", LinkType.Ethernet, InIp(IpProtocol.Gre, [.. Hex.Bytes("10 00 22 EB 00 00 00 01 20 01 00 09 00 00 00 00 00 00 00 01"), .. new byte[8], .. s_ethernet])),
        ("Ethernet/IPv4/Udp/Vxlan/Ethernet/IPv4/Udp", LinkType.Ethernet, InUdp(4789, [.. Hex.Bytes("08 00 00 00 00 00 2A 00"), .. s_ethernet])),
        ("Ethernet/IPv4/Udp/Geneve/Ethernet/IPv4/Udp", LinkType.Ethernet, InUdp(6081, [.. Hex.Bytes("01 00 65 58 00 00 2A 00 01 02 03 00"), .. s_ethernet])),
        ("Ethernet/IPv4/Udp/GtpU/IPv4/Udp", LinkType.Ethernet, InUdp(2152, [.. Hex.Bytes("30 FF"), .. FrameBuilder.Big((ulong)s_ip.Length, 2), .. Hex.Bytes("00 00 00 01"), .. s_ip])),
        ("Ethernet/IPv4/Udp/GtpU/IPv6/Udp", LinkType.Ethernet, InUdp(2152, [.. Hex.Bytes("34 FF"), .. FrameBuilder.Big((ulong)(8 + s_ip6.Length), 2), .. Hex.Bytes("00 00 00 01 00 00 00 85 01 10 09 00"), .. s_ip6])),
        ("Ethernet/IPv4/Udp/Teredo/IPv6/Udp", LinkType.Ethernet, InUdp(3544, s_ip6)),
        ("Ethernet/IPv4/Udp/Teredo/IPv6/Udp", LinkType.Ethernet, InUdp(3544, [.. Hex.Bytes("00 01 00 00 01 02 03 04 05 06 07 08 00  authentication"), .. Hex.Bytes("00 00 63 BF 3F FF FD FA  origin"), .. s_ip6])),
        ("Ethernet/IPv4/Udp/Teredo/IPv6/Udp", LinkType.Ethernet, InUdp(50000, FrameBuilder.Udp("[2001:0:1::5]:40000", "[2001:db8::9]:9999", s_payload))),
        ("Ethernet/IPv4/Udp/Mpls/IPv4/Udp", LinkType.Ethernet, InUdp(6635, [.. Hex.Bytes("00 01 11 40"), .. s_ip])),
        ("Ethernet/IPv4/IPv4/Udp", LinkType.Ethernet, InIp(IpProtocol.IPv4, s_ip)),
        ("Ethernet/IPv4/IPv6/Udp", LinkType.Ethernet, InIp(IpProtocol.IPv6, s_ip6)),
        ("Ethernet/IPv4/Mpls/IPv4/Udp", LinkType.Ethernet, InIp(IpProtocol.Mpls, [.. Hex.Bytes("00 01 11 40"), .. s_ip])),
        ("Ethernet/IPv6/IPv4/Udp", LinkType.Ethernet, FrameBuilder.Ethernet(FrameBuilder.Ip("2001:db8::1", "2001:db8::2", IpProtocol.IPv4, s_ip))),
        ("UnknownLink", (LinkType)147, Hex.Bytes("01 02 03 04")),
    ];

    private static byte[] InIp(IpProtocol protocol, byte[] payload) => FrameBuilder.Ethernet(FrameBuilder.Ip("203.0.113.1", "203.0.113.2", protocol, payload));

    private static byte[] InUdp(ushort port, byte[] payload) => FrameBuilder.Ethernet(FrameBuilder.Udp("203.0.113.1:50000", $"203.0.113.2:{port}", payload));

    private static byte[] Ieee8023(string hex)
    {
        byte[] bytes = Hex.Bytes(hex);
        return FrameBuilder.Ethernet(bytes, (ushort)bytes.Length);
    }
}
