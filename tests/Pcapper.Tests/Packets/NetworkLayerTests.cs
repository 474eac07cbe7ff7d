using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class NetworkLayerTests
{
    [Fact]
    public void An_IPv4_header_gives_its_fields()
    {
        byte[] bytes = Hex.Bytes("""
            45           version 4, five words
            B8           type of service
            00 1C        28 bytes
            12 34        identification
            40 00        don't fragment
            3F           time to live 63
            11           UDP
            00 00        checksum
            C0 00 02 05  192.0.2.5
            C6 33 64 09  198.51.100.9
            00 35 14 E9  ports 53, 5353
            00 08 00 00  UDP length 8
            """);

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes);

        Assert.Equal("192.0.2.5:53 > 198.51.100.9:5353", packet.Ends);
        Assert.Equal(0xB8, packet.TrafficClass);
        Assert.Equal(0x1234u, packet.Identification);
        Assert.True(packet.DontFragment);
        Assert.Equal(63, packet.Ttl);
        Assert.Equal(IpProtocol.Udp, packet.Protocol);
        Assert.Equal(28, packet.IpLength);
        Assert.Equal(0, packet.PayloadLength);
        Assert.Equal(Anomalies.None, packet.Anomalies);
    }

    [Fact]
    public void An_IPv6_header_gives_its_fields()
    {
        byte[] bytes = Hex.Bytes("""
            6A B1 23 45  version 6, traffic class AB, flow label
            00 08        eight bytes follow
            11 3F        UDP, hop limit 63
            20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 05  2001:db8::5
            20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 09  2001:db8::9
            00 35 14 E9 00 08 00 00  UDP
            """);

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes);

        Assert.Equal("2001:db8::5:53 > 2001:db8::9:5353", packet.Ends);
        Assert.Equal(0xAB, packet.TrafficClass);
        Assert.Equal(63, packet.Ttl);
        Assert.Equal(48, packet.IpLength);
    }

    [Theory]
    [InlineData(0, "55", Anomalies.BadVersion)]
    [InlineData(0, "44", Anomalies.ShortHeader)]
    [InlineData(2, "00 10", Anomalies.BadLength)]
    [InlineData(2, "00 FF", Anomalies.BadLength)]
    [InlineData(24, "00 07", Anomalies.BadLength)]
    [InlineData(24, "00 FF", Anomalies.BadLength)]
    public void Each_broken_rule_of_IPv4_and_UDP_is_an_anomaly(int at, string hex, Anomalies anomaly)
    {
        byte[] bytes = FrameBuilder.Udp("192.0.2.5:1", "192.0.2.9:2", [1, 2, 3]);
        Hex.Bytes(hex).CopyTo(bytes, at);

        Assert.Equal(anomaly, DecodedPacket.Of(LinkType.IPv4, bytes).Anomalies & ~Anomalies.BadVersion | (anomaly & Anomalies.BadVersion));
    }

    [Fact]
    public void A_total_length_of_zero_means_as_long_as_the_frame()
    {
        byte[] bytes = FrameBuilder.Tcp("192.0.2.5:1", "192.0.2.9:2", 1, 1, TcpFlags.Ack, new byte[3000]);
        bytes[2] = 0;
        bytes[3] = 0;

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes);

        Assert.Equal(3000, packet.PayloadLength);
        Assert.Equal(3040, packet.IpLength);
        Assert.Equal(Anomalies.None, packet.Anomalies);
    }

    [Fact]
    public void An_IPv6_length_of_zero_means_as_long_as_the_frame()
    {
        byte[] bytes = FrameBuilder.Udp("[2001:db8::5]:1", "[2001:db8::9]:2", new byte[3000]);
        bytes[4] = 0;
        bytes[5] = 0;
        bytes[44] = 0;
        bytes[45] = 0;

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes);

        Assert.Equal(3000, packet.PayloadLength);
        Assert.Equal(Anomalies.None, packet.Anomalies);
    }

    [Theory]
    [InlineData("94 04 00 00", Anomalies.None)]         // router alert
    [InlineData("01 01 01 00", Anomalies.None)]
    [InlineData("94 01 00 00", Anomalies.BadOptions)]   // shorter than its own header
    [InlineData("94 09 00 00", Anomalies.BadOptions)]   // beyond the end
    public void IPv4_options_are_checked(string options, Anomalies anomaly)
    {
        byte[] ip = FrameBuilder.Udp("192.0.2.5:1", "192.0.2.9:2", [1]);
        byte[] bytes = [0x46, 0, 0, (byte)(ip.Length + 4), .. ip[4..20], .. Hex.Bytes(options), .. ip[20..]];

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes);

        Assert.Equal(anomaly, packet.Anomalies);
        Assert.Equal("01", packet.Payload);
    }

    [Fact]
    public void A_piece_of_a_datagram_has_no_ports()
    {
        byte[] bytes = FrameBuilder.Fragment("192.0.2.5", "192.0.2.9", IpProtocol.Udp, new byte[16], 77, 1480, more: true);

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes);

        Assert.True(packet.IsFragment);
        Assert.True(packet.MoreFragments);
        Assert.Equal(1480, packet.FragmentOffset);
        Assert.Equal(77u, packet.Identification);
        Assert.Equal(16, packet.PayloadLength);
        Assert.False(packet.HasPorts);
    }

    [Theory]
    [InlineData(IpProtocol.Tcp, 0, 16, Anomalies.TinyFragment)]
    [InlineData(IpProtocol.Tcp, 8, 16, Anomalies.TinyFragment)]
    [InlineData(IpProtocol.Tcp, 0, 24, Anomalies.None)]
    [InlineData(IpProtocol.Udp, 0, 8, Anomalies.None)]
    [InlineData(IpProtocol.Udp, 16, 9, Anomalies.BadLength)]
    [InlineData(IpProtocol.Udp, 65520, 16, Anomalies.FragmentTooLong)]
    public void Pieces_that_no_host_makes_are_anomalies(IpProtocol protocol, int offset, int length, Anomalies anomaly)
        => Assert.Equal(anomaly, DecodedPacket.Of(LinkType.Raw,
            FrameBuilder.Fragment("192.0.2.5", "192.0.2.9", protocol, new byte[length], 1, offset, more: true)).Anomalies);

    [Fact]
    public void Too_many_extension_headers_stay_opaque()
    {
        byte[] headers = [.. Enumerable.Repeat(Hex.Bytes("3C 00 01 04 00 00 00 00"), Limits.ExtensionHeaders + 1).SelectMany(h => h)];
        byte[] bytes = FrameBuilder.Ip("2001:db8::5", "2001:db8::9", IpProtocol.DestinationOptions, headers);

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes);

        Assert.Equal(Anomalies.TooManyExtensionHeaders, packet.Anomalies);
        Assert.Equal("IPv6", packet.Path);
    }

    [Fact]
    public void An_ARP_packet_is_the_network_span_without_padding()
    {
        byte[] frame = [.. FrameBuilder.Ethernet(FrameBuilder.Arp(2, 0x0200_0000_00AA, "192.0.2.5", 0x0200_0000_00BB, "192.0.2.9"), 0x0806), .. new byte[18]];

        DecodedPacket packet = DecodedPacket.Ethernet(frame);

        Assert.True(ArpHeader.TryRead(Convert.FromHexString(packet.Network), out ArpHeader arp));
        Assert.Equal(28, packet.Network.Length / 2);
        Assert.Equal(ArpHeader.Reply, arp.Operation);
        Assert.Equal(0x0200_0000_00AAul, arp.SenderMac.Value);
        Assert.Equal("192.0.2.5", arp.SenderAddress.ToString());
        Assert.Equal(0x0200_0000_00BBul, arp.TargetMac.Value);
        Assert.Equal("192.0.2.9", arp.TargetAddress.ToString());
        Assert.False(arp.IsGratuitous);
        Assert.False(arp.IsProbe);
    }

    [Fact]
    public void Every_prefix_of_an_ARP_packet_is_refused()
    {
        byte[] arp = FrameBuilder.Arp(1, 1, "192.0.2.5", 0, "192.0.2.5");
        for (int length = 0; length < arp.Length; length++)
        {
            Assert.False(ArpHeader.TryRead(arp.AsSpan(0, length), out _));
        }

        Assert.True(ArpHeader.TryRead(arp, out ArpHeader header) && header.IsGratuitous);
    }
}
