using CsCheck;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class TransportLayerTests
{
    private const string Client = "192.0.2.5:49152";
    private const string Server = "198.51.100.9:502";

    [Fact]
    public void A_TCP_header_gives_its_fields()
    {
        byte[] bytes = FrameBuilder.Ip("192.0.2.5", "198.51.100.9", IpProtocol.Tcp, Hex.Bytes("""
            C0 00 01 F6  ports 49152, 502
            00 00 00 07  sequence
            80 00 00 09  acknowledgment
            60           six words
            F8           CWR ECE URG ACK PSH
            10 00        window
            00 00 00 05  checksum, urgent pointer
            02 04 05 B4  maximum segment size 1460
            61 62 63     abc
            """));

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes);

        Assert.Equal("192.0.2.5:49152 > 198.51.100.9:502", packet.Ends);
        Assert.Equal(7u, packet.Sequence);
        Assert.Equal(0x8000_0009u, packet.Acknowledgment);
        Assert.Equal(TcpFlags.Cwr | TcpFlags.Ece | TcpFlags.Urg | TcpFlags.Ack | TcpFlags.Psh, packet.Flags);
        Assert.Equal(0x1000, packet.Window);
        Assert.Equal(5, packet.UrgentPointer);
        Assert.Equal("020405B4", packet.Options);
        Assert.Equal("616263", packet.Payload);
        Assert.Equal(3, packet.PayloadLength);
        Assert.Equal(Anomalies.None, packet.Anomalies);
    }

    [Theory]
    [InlineData(TcpFlags.None)]
    [InlineData(TcpFlags.Psh)]
    [InlineData(TcpFlags.Fin)]
    [InlineData(TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg)]
    [InlineData(TcpFlags.Syn | TcpFlags.Fin)]
    [InlineData(TcpFlags.Syn | TcpFlags.Rst)]
    [InlineData(TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Ack)]
    public void Flags_that_no_stack_sends_are_an_anomaly(TcpFlags flags)
        => Assert.Equal(Anomalies.BadFlags, DecodedPacket.Of(LinkType.Raw, FrameBuilder.Tcp(Client, Server, 1, 1, flags)).Anomalies);

    [Theory]
    [InlineData(TcpFlags.Syn)]
    [InlineData(TcpFlags.Syn | TcpFlags.Ack)]
    [InlineData(TcpFlags.Rst)]
    [InlineData(TcpFlags.Rst | TcpFlags.Ack)]
    [InlineData(TcpFlags.Fin | TcpFlags.Ack)]
    [InlineData(TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Ack)]
    [InlineData(TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr)]
    public void Ordinary_flags_are_none(TcpFlags flags)
        => Assert.Equal(Anomalies.None, DecodedPacket.Of(LinkType.Raw, FrameBuilder.Tcp(Client, Server, 1, 1, flags)).Anomalies);

    [Theory]
    [InlineData(0x40)]   // four words
    [InlineData(0x60)]   // longer than the segment
    public void An_impossible_data_offset_is_an_anomaly(byte offset)
    {
        byte[] bytes = FrameBuilder.Tcp(Client, Server, 1, 1, TcpFlags.Ack, [1]);
        bytes[32] = offset;

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes);

        Assert.Equal(Anomalies.ShortHeader, packet.Anomalies);
        Assert.Equal(0, packet.PayloadLength);
    }

    [Fact]
    public void A_header_cut_by_the_snap_length_gives_what_is_there()
    {
        byte[] bytes = FrameBuilder.Tcp(Client, Server, 7, 1, TcpFlags.Syn, options: Hex.Bytes("02 04 05 B4"));

        DecodedPacket ports = DecodedPacket.Of(LinkType.Raw, bytes.AsSpan(0, 24), bytes.Length);
        DecodedPacket flags = DecodedPacket.Of(LinkType.Raw, bytes.AsSpan(0, 34), bytes.Length);
        DecodedPacket options = DecodedPacket.Of(LinkType.Raw, bytes.AsSpan(0, 40), bytes.Length + 5);

        Assert.Equal(("192.0.2.5:49152 > 198.51.100.9:502", TcpFlags.None), (ports.Ends, ports.Flags));
        Assert.Equal((7u, TcpFlags.Syn), (flags.Sequence, flags.Flags));
        Assert.True(ports.IsTruncated && flags.IsTruncated && options.IsTruncated);
        Assert.Equal(Anomalies.None, ports.Anomalies | flags.Anomalies | options.Anomalies);
    }

    [Fact]
    public void The_payload_length_is_that_of_the_headers()
    {
        byte[] bytes = FrameBuilder.Tcp(Client, Server, 1, 1, TcpFlags.Ack, new byte[1000]);

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, bytes.AsSpan(0, 96), bytes.Length);

        Assert.True(packet.IsTruncated);
        Assert.Equal(1000, packet.PayloadLength);
        Assert.Equal(56, packet.Payload.Length / 2);
    }

    [Fact]
    public void A_packet_to_itself_is_an_anomaly_except_on_loopback()
    {
        Assert.Equal(Anomalies.SameAddress, DecodedPacket.Of(LinkType.Raw, FrameBuilder.Tcp(Client, Client, 1, 0, TcpFlags.Syn)).Anomalies);
        Assert.Equal(Anomalies.None, DecodedPacket.Of(LinkType.Raw, FrameBuilder.Tcp("127.0.0.1:5", "127.0.0.1:5", 1, 0, TcpFlags.Syn)).Anomalies);
        Assert.Equal(Anomalies.None, DecodedPacket.Of(LinkType.Raw, FrameBuilder.Udp("192.0.2.5:1", "192.0.2.5:2", [1])).Anomalies);
    }

    [Fact]
    public void TCP_options_are_read()
    {
        TcpOptions options = TcpOptions.Read(Hex.Bytes("""
            02 04 05 B4  maximum segment size 1460
            04 02        selective acknowledgments permitted
            08 0A 00 00 00 64 00 00 00 C8  timestamps 100, 200
            01           no operation
            03 03 07     window scale 7
            05 12 00 00 00 01 00 00 00 02 00 00 00 03 00 00 00 04  two blocks
            00 FF        end, padding
            """));

        Assert.Equal((ushort)1460, options.MaximumSegmentSize);
        Assert.True(options.SelectiveAcknowledgmentPermitted);
        Assert.Equal((100u, 200u), (options.TimestampValue, options.TimestampEcho));
        Assert.Equal((byte)7, options.WindowScale);
        Assert.Equal(2, options.SelectiveAcknowledgments);
        Assert.False(options.IsMalformed);
    }

    [Theory]
    [InlineData("02 03 05")]
    [InlineData("02 04 05")]
    [InlineData("08")]
    [InlineData("FE 00 00 00")]
    [InlineData("FE 01 00 00")]
    [InlineData("03 04 00 00")]
    [InlineData("05 09 00 00 00 00 00 00 00 00 00 00")]
    public void Malformed_TCP_options_are_told(string hex)
        => Assert.True(TcpOptions.Read(Hex.Bytes(hex)).IsMalformed);

    [Fact]
    public void Malformed_TCP_options_are_an_anomaly()
        => Assert.Equal(Anomalies.BadOptions, DecodedPacket.Of(LinkType.Raw,
            FrameBuilder.Tcp(Client, Server, 1, 1, TcpFlags.Ack, [1], Hex.Bytes("02 05 05 B4"))).Anomalies);

    [Fact]
    public void Any_TCP_options_are_survived()
        => Gen.Byte.Array[0, 40].Always(bytes => TcpOptions.Read(bytes).SelectiveAcknowledgments >= 0);

    [Fact]
    public void ICMP_keeps_what_follows_its_header_as_payload()
    {
        byte[] quoted = FrameBuilder.Udp("192.0.2.5:1", "192.0.2.9:2", [1, 2, 3, 4]);

        DecodedPacket packet = DecodedPacket.Of(LinkType.Raw, FrameBuilder.Icmp("192.0.2.1", "192.0.2.5", 3, 3, [0, 0, 0, 0, .. quoted]));

        Assert.Equal((3, 3), (packet.IcmpType, packet.IcmpCode));
        Assert.Equal(Convert.ToHexString(quoted), packet.Payload);
        Assert.Equal("192.0.2.1 > 192.0.2.5", packet.Ends);
        Assert.Equal("IPv4/Icmp", packet.Path);
    }
}
