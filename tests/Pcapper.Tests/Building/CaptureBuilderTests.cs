using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Building;

public sealed class CaptureBuilderTests
{
    private const string Client = "192.0.2.5:49152";
    private const string Server = "198.51.100.9:80";

    [Fact]
    public void A_conversation_has_handshake_acknowledgments_and_end()
    {
        List<string> packets = Packets(Capture.New().Tcp(Client, Server, t => t.Says("GET").Replies("200 OK").Closes()));

        Assert.Equal(
            [
                "> Syn 1000 0 0", "< Syn, Ack 5000 1001 0", "> Ack 1001 5001 0",
                "> Psh, Ack 1001 5001 3", "< Ack 5001 1004 0",
                "< Psh, Ack 5001 1004 6", "> Ack 1004 5007 0",
                "> Fin, Ack 1004 5007 0", "< Fin, Ack 5007 1005 0", "> Ack 1005 5008 0",
            ],
            packets);
    }

    [Fact]
    public void Segments_are_lost_reordered_duplicated_and_overlap()
    {
        List<string> packets = Packets(Capture.New().Tcp(Client, Server, t => t
            .WithoutHandshake().WithoutAcknowledgments().Sequence(100, 200).SegmentSize(2)
            .Says("abcd").Reordered()
            .Says("e").Duplicated()
            .Lost(10)
            .Says("f").Resends(3, [1, 2, 3, 4])
            .Resets(byServer: true)));

        Assert.Equal(
            [
                "> Psh, Ack 102 200 2", "> Psh, Ack 100 200 2",
                "> Psh, Ack 104 200 1", "> Psh, Ack 104 200 1",
                "> Psh, Ack 115 200 1", "> Psh, Ack 113 200 4",
                "< Rst, Ack 200 117 0",
            ],
            packets);
    }

    [Fact]
    public void The_same_steps_give_the_same_bytes()
    {
        static CaptureBuilder Build() => Capture.New().Vlan(7)
            .Udp("[2001:db8::5]:5000", "[2001:db8::9]:53", u => u.Says([1]).Waits(20).Replies([2, 3]))
            .Tcp(Client, Server, t => t.Waits(5).Says("x").Resets());

        Assert.Equal(Build().ToPcapng(), Build().ToPcapng());
        Assert.Equal(Build().ToPcap(), Build().ToPcap());
    }

    [Fact]
    public void Time_passes_by_a_millisecond_and_by_waiting()
    {
        using CaptureReader reader = Capture.New().At(new Timestamp(0)).Udp(Client, Server, u => u.Says([1]).Waits(10).Replies([2])).Open();
        var frame = default(Frame);

        Assert.True(reader.TryRead(ref frame));
        Assert.Equal(0, frame.Time.Nanoseconds);
        Assert.True(reader.TryRead(ref frame));
        Assert.Equal(11_000_000, frame.Time.Nanoseconds);
    }

    [Fact]
    public void Checksums_are_right()
    {
        byte[] ip = FrameBuilder.Tcp(Client, Server, 1, 2, TcpFlags.Ack, [1, 2, 3]);
        int header = Sum(ip[..20]);
        int segment = Sum([.. ip[12..20], 0, 6, 0, 23, .. ip[20..], 0]);

        Assert.Equal((0xFFFF, 0xFFFF), (header, segment));
    }

    [Fact]
    public void A_hex_comment_begins_at_two_spaces() => Assert.Equal([1, 0xAB], Hex.Bytes("""
        01  one
        AB  CD is a comment
        """));

    private static int Sum(byte[] bytes)
    {
        int sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (bytes[i] << 8) | bytes[i + 1];
        }

        return (sum & 0xFFFF) + (sum >> 16);
    }

    private static List<string> Packets(CaptureBuilder capture)
    {
        using CaptureReader reader = capture.Open();
        var frame = default(Frame);
        var packet = default(Packet);
        var packets = new List<string>();
        while (reader.TryRead(ref frame))
        {
            PacketDecoder.Decode(frame, ref packet);
            Assert.Equal(Anomalies.None, packet.Anomalies);
            packets.Add($"{(packet.DestinationPort == 80 ? '>' : '<')} {packet.Flags} {packet.Sequence} {packet.Acknowledgment} {packet.PayloadLength}");
        }

        return packets;
    }
}
