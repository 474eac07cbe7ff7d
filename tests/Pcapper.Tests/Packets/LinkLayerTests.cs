using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class LinkLayerTests
{
    private static readonly byte[] s_ip = FrameBuilder.Udp("192.0.2.5:40000", "198.51.100.9:9999", [1, 2, 3]);

    [Fact]
    public void An_Ethernet_header_gives_addresses_and_type()
    {
        DecodedPacket packet = DecodedPacket.Ethernet(FrameBuilder.Ethernet(s_ip, source: 0x000C_2912_3456, destination: 0x3333_0000_00FB));

        Assert.True(packet.HasMac);
        Assert.Equal("00:0c:29:12:34:56", packet.SourceMac.ToString());
        Assert.Equal("33:33:00:00:00:fb", packet.DestinationMac.ToString());
        Assert.Equal(0x0800, packet.EtherType);
    }

    [Fact]
    public void Tags_are_kept_outermost_first()
    {
        byte[] frame = FrameBuilder.Vlan(FrameBuilder.Vlan(FrameBuilder.Ethernet(s_ip), 42, priority: 5), 7, protocol: 0x88A8);

        DecodedPacket packet = DecodedPacket.Ethernet(frame);

        Assert.Equal(2, packet.Vlans.Count);
        Assert.Equal(7, packet.Vlans.Id(0));
        Assert.True(packet.Vlans.IsServiceTag(0));
        Assert.Equal(42, packet.Vlans.Id(1));
        Assert.Equal(5, packet.Vlans.Priority(1));
        Assert.False(packet.Vlans.IsServiceTag(1));
        Assert.Equal(0x0800, packet.EtherType);
    }

    [Fact]
    public void More_tags_than_the_limit_are_an_anomaly()
    {
        byte[] frame = FrameBuilder.Ethernet(s_ip);
        for (int i = 0; i <= Limits.VlanTags; i++)
        {
            frame = FrameBuilder.Vlan(frame, i);
        }

        DecodedPacket packet = DecodedPacket.Ethernet(frame);

        Assert.Equal(Anomalies.TooManyVlanTags, packet.Anomalies);
        Assert.Equal(Limits.VlanTags, packet.Vlans.Count);
        Assert.False(packet.HasIp);
    }

    [Fact]
    public void The_padding_of_an_802_3_frame_is_cut_off()
    {
        byte[] frame = [.. FrameBuilder.Ethernet(Hex.Bytes("42 42 03 00 00 00 00"), 7), .. new byte[39]];

        DecodedPacket packet = DecodedPacket.Ethernet(frame);

        Assert.Equal("Ethernet/Llc/Stp", packet.Path);
        Assert.Equal(4, packet.PayloadLength);
    }

    [Theory]
    [InlineData(1501)]
    [InlineData(1535)]
    [InlineData(1000)]   // longer than the frame
    public void An_impossible_length_is_an_anomaly(ushort length)
        => Assert.Equal(Anomalies.BadLength, DecodedPacket.Ethernet(FrameBuilder.Ethernet(Hex.Bytes("42 42 03 00 00 00 00"), length)).Anomalies);

    [Fact]
    public void Linux_cooked_capture_knows_the_sender_only()
    {
        byte[] bytes = [.. Hex.Bytes("00 00 00 01 00 06 02 00 00 00 00 01 00 00 08 00"), .. s_ip];

        DecodedPacket packet = DecodedPacket.Of(LinkType.LinuxSll, bytes);

        Assert.Equal(0x0200_0000_0001ul, packet.SourceMac.Value);
        Assert.Equal(default, packet.DestinationMac);
        Assert.Equal(0x0800, packet.EtherType);
    }

    [Fact]
    public void Linux_cooked_capture_may_have_tags()
    {
        byte[] bytes = [.. Hex.Bytes("00 00 00 01 00 06 02 00 00 00 00 01 00 00 81 00 00 2A 08 00"), .. s_ip];

        DecodedPacket packet = DecodedPacket.Of(LinkType.LinuxSll, bytes);

        Assert.Equal("LinuxSll/Vlan/IPv4/Udp", packet.Path);
        Assert.Equal(42, packet.Vlans.Id(0));
    }

    [Fact]
    public void A_PPPoE_length_cuts_padding_off()
    {
        byte[] session = [.. Hex.Bytes("11 00 00 11"), .. FrameBuilder.Big((ulong)(2 + s_ip.Length), 2), 0, 0x21, .. s_ip, 0, 0, 0];

        DecodedPacket packet = DecodedPacket.Ethernet(FrameBuilder.Ethernet(session, 0x8864));

        Assert.Equal("010203", packet.Payload);
        Assert.Equal(0x8864, packet.EtherType);
    }

    [Fact]
    public void Raw_IP_of_another_version_is_an_anomaly()
    {
        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, Hex.Bytes("50 00 00 00"));

        Assert.Equal(Anomalies.BadVersion, packet.Anomalies);
        Assert.Equal("Other", packet.Path);
    }

    [Fact]
    public void Address_families_of_all_systems_are_known()
        => Assert.All((int[])[10, 24, 28, 30], family => Assert.Equal("Loopback/IPv6", DecodedPacket.Of(LinkType.Null, [(byte)family, 0, 0, 0]).Path));

    [Fact]
    public void Loopback_may_hold_Cisco_HDLC()
        => Assert.Equal("CiscoHdlc/IPv4/Udp", DecodedPacket.Of(LinkType.Null, [0x0F, 0, 8, 0, .. s_ip]).Path);

    [Fact]
    public void Novell_and_netlink_in_cooked_capture_are_not_guessed_at()
    {
        Assert.Equal("LinuxSll/Other", DecodedPacket.Of(LinkType.LinuxSll, Hex.Bytes("00 00 00 01 00 06 02 00 00 00 00 01 00 00 00 01 FF FF")).Path);
        Assert.Equal("LinuxSll/Other", DecodedPacket.Of(LinkType.LinuxSll, Hex.Bytes("00 04 03 38 00 00 00 00 00 00 00 00 00 00 00 00 14 00")).Path);
    }

    [Fact]
    public void An_MPLS_pseudowire_may_lack_the_control_word()
    {
        byte[] frame = FrameBuilder.Ethernet([.. Hex.Bytes("00 01 11 40"), .. FrameBuilder.Vlan(FrameBuilder.Ethernet(s_ip), 9)], 0x8847);

        DecodedPacket packet = DecodedPacket.Ethernet(frame);

        Assert.Equal("Ethernet/Mpls/Ethernet/Vlan/IPv4/Udp", packet.Path);
        Assert.Equal(0, packet.Vlans.Count);
        Assert.Equal(FrameBuilder.ClientMac, packet.SourceMac.Value);
    }
}
