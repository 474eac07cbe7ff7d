using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class TunnelTests
{
    private static readonly byte[] s_ip = FrameBuilder.Udp("192.0.2.5:40000", "198.51.100.9:9999", [1, 2, 3]);
    private static readonly byte[] s_ethernet = FrameBuilder.Ethernet(s_ip, source: 0x0200_0000_00AA);

    [Fact]
    public void VXLAN_leaves_a_record_of_the_outer_UDP_layer()
    {
        byte[] frame = FrameBuilder.Vlan(Outer(4789, [.. Hex.Bytes("08 00 00 00 00 00 2A 00"), .. FrameBuilder.Vlan(s_ethernet, 9)]), 42);

        DecodedPacket packet = DecodedPacket.Ethernet(frame);

        Assert.Equal("Vxlan 203.0.113.1:50000 > 203.0.113.2:4789 ip 85 payload 57 in None", packet.Outer);
        Assert.Equal(new Encapsulation(TunnelKind.Vxlan, 42, IpAddress.Parse("203.0.113.1"), IpAddress.Parse("203.0.113.2")), packet.Tunnel);
        Assert.Equal("192.0.2.5:40000 > 198.51.100.9:9999", packet.Ends);
        Assert.Equal(FrameBuilder.ClientMac, packet.SourceMac.Value);
        Assert.Equal(42, packet.Vlans.Id(0));
        Assert.Equal(1, packet.Vlans.Count);
    }

    [Theory]
    [InlineData("00 00 00 00 00 00 2A 00")]
    [InlineData("08 00 00 01 00 00 2A 00")]
    [InlineData("08 00 00 00 00 00 2A 01")]
    [InlineData("09 00 00 00 00 00 2A 00")]
    public void Other_payloads_of_the_VXLAN_port_stay_payload(string header)
    {
        DecodedPacket packet = DecodedPacket.Ethernet(Outer(4789, [.. Hex.Bytes(header), .. s_ethernet]));

        Assert.Equal("Ethernet/IPv4/Udp", packet.Path);
        Assert.Equal("203.0.113.1:50000 > 203.0.113.2:4789", packet.Ends);
        Assert.Empty(packet.Outer);
    }

    [Fact]
    public void Tunnels_in_tunnels_are_recorded_outermost_first()
    {
        byte[] gtp = FrameBuilder.Udp("192.0.2.1:2152", "192.0.2.2:2152", [.. Hex.Bytes("30 FF"), .. FrameBuilder.Big((ulong)s_ip.Length, 2), 0, 0, 0, 1, .. s_ip]);
        byte[] frame = Outer(6081, [.. Hex.Bytes("00 00 08 00 00 00 07 00"), .. gtp]);

        DecodedPacket packet = DecodedPacket.Ethernet(frame);

        Assert.Equal("Ethernet/IPv4/Udp/Geneve/IPv4/Udp/GtpU/IPv4/Udp", packet.Path);
        Assert.Equal(
            "Geneve 203.0.113.1:50000 > 203.0.113.2:6081 ip 103 payload 75 in None; GtpU 192.0.2.1:2152 > 192.0.2.2:2152 ip 67 payload 39 in Geneve",
            packet.Outer);
        Assert.Equal(TunnelKind.GtpU, packet.Tunnel.Kind);
    }

    [Fact]
    public void One_tunnel_too_many_stays_payload()
    {
        byte[] ip = s_ip;
        for (int i = 0; i <= Limits.Tunnels; i++)
        {
            ip = FrameBuilder.Ip($"203.0.113.{i + 1}", "203.0.113.100", IpProtocol.IPv4, ip);
        }

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, ip);

        Assert.Equal("IPv4/IPv4/IPv4/IPv4/IPv4/Other", packet.Path);
        Assert.Equal(Anomalies.TooManyTunnels, packet.Anomalies);
        Assert.Equal("203.0.113.1 > 203.0.113.100", packet.Ends);
        Assert.Equal("203.0.113.2", packet.Tunnel.Source.ToString());
    }

    [Fact]
    public void NVGRE_keeps_the_virtual_subnet()
    {
        byte[] bytes = FrameBuilder.Ip("203.0.113.1", "203.0.113.2", IpProtocol.Gre, [.. Hex.Bytes("20 00 65 58 00 12 34 FF"), .. s_ethernet]);

        Assert.Equal(0x1234u, DecodedPacket.Of(LinkType.Raw, bytes).Tunnel.Id);
    }

    [Fact]
    public void ERSPAN_keeps_the_session()
    {
        byte[] bytes = FrameBuilder.Ip("203.0.113.1", "203.0.113.2", IpProtocol.Gre, [.. Hex.Bytes("10 00 88 BE 00 00 00 01 10 01 00 09 00 00 00 00"), .. s_ethernet]);

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes);

        Assert.Equal((TunnelKind.Erspan, 9u), (packet.Tunnel.Kind, packet.Tunnel.Id));
        Assert.Equal(0x0200_0000_00AAul, packet.SourceMac.Value);   // here the inner frame is the outermost one with addresses
    }

    [Fact]
    public void GRE_with_something_unknown_keeps_its_own_addresses()
    {
        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, FrameBuilder.Ip("203.0.113.1", "203.0.113.2", IpProtocol.Gre, Hex.Bytes("00 00 12 34 01 02")));

        Assert.Equal("IPv4/Gre/Other", packet.Path);
        Assert.True(packet.HasIp);
        Assert.True(packet.Tunnel.IsNone);
    }

    [Fact]
    public void Teredo_between_clients_needs_a_Teredo_address()
    {
        DecodedPacket packet = DecodedPacket.Ethernet(Outer(50001, FrameBuilder.Udp("[2001:db8::5]:1", "[2001:db8::9]:2", [1])));

        Assert.Equal("Ethernet/IPv4/Udp", packet.Path);
    }

    [Fact]
    public void A_reassembled_datagram_goes_on_where_the_fragment_ended()
    {
        byte[] datagram = FrameBuilder.UdpHeader(4000, 4789, [.. Hex.Bytes("08 00 00 00 00 00 2A 00"), .. s_ethernet]);
        byte[] last = FrameBuilder.Ethernet(FrameBuilder.Fragment("203.0.113.1", "203.0.113.2", IpProtocol.Udp, datagram[16..], 1, 16, more: false));
        var packet = default(Packet);
        PacketDecoder.Decode(new Frame { LinkType = LinkType.Ethernet, Bytes = last, OriginalLength = last.Length }, ref packet);

        PacketDecoder.DecodeDatagram(IpProtocol.Udp, datagram, ref packet);

        DecodedPacket decoded = DecodedPacket.Of(packet);
        Assert.Equal("Ethernet/IPv4/Fragment/Udp/Vxlan/Ethernet/IPv4/Udp", decoded.Path);
        Assert.Equal("192.0.2.5:40000 > 198.51.100.9:9999", decoded.Ends);
        Assert.False(decoded.IsFragment);
        Assert.Equal("010203", decoded.Payload);
    }

    private static byte[] Outer(ushort port, byte[] payload) => FrameBuilder.Ethernet(FrameBuilder.Udp("203.0.113.1:50000", $"203.0.113.2:{port}", payload));
}
