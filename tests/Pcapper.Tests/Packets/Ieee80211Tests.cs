using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class Ieee80211Tests
{
    private static readonly byte[] s_ip = FrameBuilder.Udp("192.0.2.5:40000", "198.51.100.9:9999", [1, 2, 3]);

    [Fact]
    public void A_frame_to_the_access_point_names_sender_and_receiver()
    {
        DecodedPacket packet = DecodedPacket.Of(LinkType.Ieee80211, Data(s_ip));

        Assert.Equal("02:00:00:00:00:01", packet.SourceMac.ToString());
        Assert.Equal("02:00:00:00:00:02", packet.DestinationMac.ToString());
        Assert.Equal("192.0.2.5:40000 > 198.51.100.9:9999", packet.Ends);
    }

    [Fact]
    public void A_quality_of_service_frame_over_a_bridge_has_four_addresses()
    {
        byte[] bytes =
        [
            .. Hex.Bytes("""
                88 03 00 00        data with quality of service, to and from the distribution system
                02 00 00 00 00 0A  receiver
                02 00 00 00 00 0B  transmitter
                02 00 00 00 00 02  destination
                10 00              sequence
                02 00 00 00 00 01  source
                00 00              quality of service
                AA AA 03 00 00 00 08 00
                """),
            .. s_ip,
        ];

        DecodedPacket packet = DecodedPacket.Of(LinkType.Ieee80211, bytes);

        Assert.Equal("Ieee80211/Llc/IPv4/Udp", packet.Path);
        Assert.Equal(0x0200_0000_0001ul, packet.SourceMac.Value);
        Assert.Equal(0x0200_0000_0002ul, packet.DestinationMac.Value);
    }

    [Fact]
    public void The_first_of_aggregated_frames_is_decoded()
    {
        byte[] inner = [.. Hex.Bytes("AA AA 03 00 00 00 08 00"), .. s_ip];
        byte[] bytes =
        [
            .. Hex.Bytes("""
                88 01 00 00        data with quality of service, to the distribution system
                02 00 00 00 00 0A  access point
                02 00 00 00 00 01  source
                02 00 00 00 00 0A  access point
                10 00              sequence
                80 00              an aggregate
                02 00 00 00 00 02  destination of the first
                02 00 00 00 00 01  source of the first
                """),
            .. FrameBuilder.Big((ulong)inner.Length, 2), .. inner, 0, 0, 1, 2, 3, 4,
        ];

        DecodedPacket packet = DecodedPacket.Of(LinkType.Ieee80211, bytes);

        Assert.Equal("Ieee80211/Llc/IPv4/Udp", packet.Path);
        Assert.Equal(0x0200_0000_0002ul, packet.DestinationMac.Value);
        Assert.Equal(Anomalies.None, packet.Anomalies);
    }

    [Theory]
    [InlineData("08 41")]   // protected
    [InlineData("48 01")]   // no data
    [InlineData("08 05")]   // a fragment
    [InlineData("80 00")]   // a beacon
    public void Frames_that_cannot_be_looked_into_end_there(string control)
    {
        byte[] bytes = Data(s_ip);
        Hex.Bytes(control).CopyTo(bytes, 0);

        Assert.Equal("Ieee80211", DecodedPacket.Of(LinkType.Ieee80211, bytes).Path);
    }

    [Fact]
    public void Radiotap_tells_of_padding_and_checksum()
    {
        byte[] data = Data(s_ip);
        byte[] quality = [0x88, .. data[1..24], 0, 0, 0, 0, .. data[24..], 1, 2, 3, 4];   // padded to four bytes, then a checksum
        byte[] bytes = [.. Hex.Bytes("00 00 11 00 03 00 00 00 00 00 00 00 00 00 00 00 30"), .. quality];

        DecodedPacket packet = DecodedPacket.Of(LinkType.Radiotap, bytes);

        Assert.Equal("Radiotap/Ieee80211/Llc/IPv4/Udp", packet.Path);
        Assert.Equal("010203", packet.Payload);
    }

    /// <summary>A data frame from a station to its access point.</summary>
    internal static byte[] Data(byte[] ip) =>
    [
        .. Hex.Bytes("""
            08 01 00 00        data, to the distribution system
            02 00 00 00 00 0A  access point
            02 00 00 00 00 01  source
            02 00 00 00 00 02  destination
            10 00              sequence
            AA AA 03 00 00 00 08 00  LLC and SNAP: IPv4
            """),
        .. ip,
    ];
}
