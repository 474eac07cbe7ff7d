using Pcapper.Engine;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Flows;

/// <summary>What makes a flow, who opened it, how it went.</summary>
public sealed class FlowTests
{
    private const string Client = "192.0.2.5:49152";
    private const string Server = "198.51.100.9:80";

    [Fact]
    public void An_opened_and_closed_connection_is_SF()
    {
        FlowEnded flow = One(Capture.New().Tcp(Client, Server, t => t.Says("hello").Replies("world!").Closes()));

        Assert.Equal(ConnState.SF, flow.State);
        Assert.Equal("ShADadFfA"[..3], flow.History[..3]);
        Assert.Equal(5, flow.ToResponder.PayloadBytes);
        Assert.Equal(6, flow.ToOriginator.PayloadBytes);
        Assert.Equal(IpAddress.Parse("192.0.2.5"), flow.Flow.Originator);
        Assert.NotNull(flow.SynToSynAck);
        Assert.False(flow.IsGuessed);
    }

    [Fact]
    public void States_follow_from_what_both_sides_did()
    {
        Assert.Equal(ConnState.S1, One(Capture.New().Tcp(Client, Server, t => t.Says("a"))).State);
        Assert.Equal(ConnState.RSTO, One(Capture.New().Tcp(Client, Server, t => t.Says("a").Resets())).State);
        Assert.Equal(ConnState.RSTR, One(Capture.New().Tcp(Client, Server, t => t.Says("a").Resets(byServer: true))).State);
        Assert.Equal(ConnState.S0, One(Capture.New().Packet(Segment(Client, Server, 1, 0, TcpFlags.Syn))).State);
        Assert.Equal(ConnState.REJ, One(Capture.New()
            .Packet(Segment(Client, Server, 1, 0, TcpFlags.Syn)).Packet(Segment(Server, Client, 0, 2, TcpFlags.Rst | TcpFlags.Ack), fromClient: false)).State);
        Assert.Equal(ConnState.OTH, One(Capture.New().Tcp(Client, Server, t => t.WithoutHandshake().Says("a").Replies("b"))).State);
        Assert.Equal(ConnState.RSTRH, One(Capture.New()
            .Packet(Segment(Server, Client, 1, 2, TcpFlags.Syn | TcpFlags.Ack), fromClient: false).Packet(Segment(Server, Client, 2, 2, TcpFlags.Rst), fromClient: false)).State);
    }

    [Fact]
    public void A_SYN_ACK_alone_tells_the_originator()
        => Assert.Equal(49152, One(Capture.New().Packet(Segment(Server, Client, 1, 2, TcpFlags.Syn | TcpFlags.Ack), fromClient: false)).Flow.OriginatorPort);

    [Fact]
    public void Without_a_SYN_the_lower_port_is_the_responder_and_the_flow_says_so()
    {
        FlowEnded flow = One(Capture.New().Packet(Segment(Server, Client, 100, 200, TcpFlags.Ack, "data"), fromClient: false));

        Assert.Equal(80, flow.Flow.ResponderPort);
        Assert.True(flow.IsGuessed);
        Assert.StartsWith("^", flow.History);
    }

    [Fact]
    public void A_SYN_after_the_end_begins_a_new_flow()
        => Assert.Equal(2, All(Capture.New().Tcp(Client, Server, t => t.Says("a").Closes()).Tcp(Client, Server, t => t.Sequence(90_000, 70_000).Says("b").Closes())).Count);

    [Fact]
    public void A_repeated_SYN_is_the_same_flow()
        => Assert.Single(All(Capture.New().Packet(Segment(Client, Server, 1, 0, TcpFlags.Syn)).Waits(1000).Packet(Segment(Client, Server, 1, 0, TcpFlags.Syn))));

    [Fact]
    public void Silence_ends_a_UDP_flow_in_capture_time()
    {
        Assert.Single(All(Capture.New().Udp(Client, "198.51.100.9:9999", u => u.Says([1, 2, 3]).Waits(59_000).Says([1, 2, 3]))));
        Assert.Equal(2, All(Capture.New().Udp(Client, "198.51.100.9:9999", u => u.Says([1, 2, 3]).Waits(61_500).Says([1, 2, 3]))).Count);
    }

    [Fact]
    public void Flows_in_different_tunnels_are_different()
    {
        byte[] inner = FrameBuilder.Udp("10.0.0.1:4000", "10.0.0.2:4001", [1]);
        CaptureBuilder capture = Capture.New()
            .Packet(FrameBuilder.Ip("192.0.2.1", "192.0.2.2", IpProtocol.IPv4, inner))
            .Packet(FrameBuilder.Ip("192.0.2.2", "192.0.2.1", IpProtocol.IPv4, inner))
            .Packet(FrameBuilder.Ip("192.0.2.1", "192.0.2.3", IpProtocol.IPv4, inner))
            .Packet(inner);

        Assert.Equal(3, All(capture).Count);
    }

    [Fact]
    public void The_uid_and_the_community_id_are_stable()
    {
        FlowEnded flow = One(Capture.New().Tcp("128.232.110.120:34855", "66.35.250.204:80", t => t.Says("a")));

        // A vector of the Community ID specification.
        Assert.Equal("1:LQU9qZlK+B5F3KDmev6m5PMibrg=", flow.Flow.Key.CommunityId);
        Assert.Matches("^C[0-9A-Za-z]{17}$", flow.Flow.Uid);
        Assert.Equal(flow.Flow.Uid, One(Capture.New().Tcp("128.232.110.120:34855", "66.35.250.204:80", t => t.Says("a"))).Flow.Uid);
    }

    [Fact]
    public void Fragments_count_for_the_flow_of_their_datagram()
    {
        byte[] udp = [.. FrameBuilder.UdpHeader(5000, 6000, new byte[1000]), .. new byte[1000]];
        FlowEnded flow = One(Capture.New()
            .Packet(FrameBuilder.Fragment("192.0.2.1", "192.0.2.2", IpProtocol.Udp, udp[512..], 7, 512, more: false))
            .Packet(FrameBuilder.Fragment("192.0.2.1", "192.0.2.2", IpProtocol.Udp, udp[..512], 7, 0, more: true)));

        Assert.Equal(2, flow.ToResponder.Packets);
        Assert.Equal(1000, flow.ToResponder.PayloadBytes);
    }

    [Fact]
    public void A_SYN_that_nobody_answers_does_not_end_an_open_connection()
    {
        byte[] capture = Capture.New()
            .Tcp(Client, Server, t => t.Says("hello "))
            .Packet(Segment(Client, Server, 500_000, 0, TcpFlags.Syn))
            .Tcp(Client, Server, t => t.WithoutHandshake().Sequence(1007, 5001).Says("world").Closes()).ToPcap();

        FlowEnded flow = Assert.Single(Analysis.Records<FlowEnded>(capture));
        Assert.Equal(11, flow.ToResponder.PayloadBytes);
        Assert.Equal(ConnState.SF, flow.State);
        Assert.Equal([(6L, "SYN with another sequence number")], Anomalies(capture));
    }

    [Fact]
    public void A_SYN_that_is_answered_begins_a_new_flow_with_that_SYN()
    {
        List<FlowEnded> flows = All(Capture.New()
            .Tcp(Client, Server, t => t.Says("hello"))
            .Tcp(Client, Server, t => t.Sequence(90_000, 70_000).Says("again").Closes()));

        Assert.Equal(2, flows.Count);
        Assert.Equal((3L, ConnState.S1, 4L), (flows[0].ToResponder.Packets, flows[0].State, flows[0].LastFrame.Number - flows[0].Frame.Number));
        Assert.Equal((6L, ConnState.SF), (flows[1].Frame.Number, flows[1].State));
        Assert.StartsWith("ShAD", flows[1].History);
        Assert.NotNull(flows[1].SynToSynAck);
        Assert.Equal(5, flows[1].ToResponder.PayloadBytes);
    }

    [Fact]
    public void The_answer_tells_which_of_two_SYNs_was_meant()
    {
        foreach (bool isDecoyFirst in (ReadOnlySpan<bool>)[true, false])
        {
            uint first = isDecoyFirst ? 900_000u : 1000;
            uint second = isDecoyFirst ? 1000u : 900_000;
            byte[] capture = Capture.New()
                .Packet(Segment(Client, Server, first, 0, TcpFlags.Syn))
                .Packet(Segment(Client, Server, second, 0, TcpFlags.Syn))
                .Packet(Segment(Server, Client, 5000, 1001, TcpFlags.Syn | TcpFlags.Ack), fromClient: false)
                .Packet(Segment(Client, Server, 1001, 5001, TcpFlags.Ack, "hello")).ToPcap();

            FlowEnded flow = Assert.Single(Analysis.Records<FlowEnded>(capture));
            Assert.Equal((5L, 0L), (flow.ToResponder.PayloadBytes, flow.ToResponder.MissedBytes));
            Assert.Contains("SYN with another sequence number", Anomalies(capture).Select(a => a.Rule));
        }
    }

    [Fact]
    public void Data_that_contradicts_an_unanswered_SYN_is_believed()
    {
        FlowEnded flow = All(Capture.New()
            .Tcp(Client, Server, t => t.Says("a").Resets())
            .Packet(Segment(Client, Server, 500_000, 0, TcpFlags.Syn))
            .Packet(Segment(Client, Server, 1002, 5001, TcpFlags.Ack, "hello")))[^1];

        Assert.Equal((5L, 0L), (flow.ToResponder.PayloadBytes, flow.ToResponder.MissedBytes));
    }

    [Fact]
    public void Data_that_no_receiver_would_take_does_not_move_the_stream()
    {
        byte[] capture = Capture.New()
            .Tcp(Client, Server, t => t.Says("hello "))
            .Packet(Segment(Client, Server, 1007 + 200_000, 5001, TcpFlags.Ack, "junk"))
            .Tcp(Client, Server, t => t.WithoutHandshake().Sequence(1007, 5001).Says("world").Closes()).ToPcap();

        FlowEnded flow = Assert.Single(Analysis.Records<FlowEnded>(capture));
        Assert.Equal((11L, 0L), (flow.ToResponder.PayloadBytes, flow.ToResponder.MissedBytes));
        Assert.Equal([(6L, "data outside the window")], Anomalies(capture));
    }

    [Fact]
    public void A_scaled_window_lets_data_be_further_ahead()
    {
        byte[] scale = [3, 3, 7, 0];
        byte[] capture = Capture.New()
            .Packet(FrameBuilder.Tcp(Client, Server, 1000, 0, TcpFlags.Syn, options: scale))
            .Packet(FrameBuilder.Tcp(Server, Client, 5000, 1001, TcpFlags.Syn | TcpFlags.Ack, options: scale), fromClient: false)
            .Packet(Segment(Server, Client, 5001, 1001, TcpFlags.Ack), fromClient: false)
            .Packet(Segment(Client, Server, 1001 + 200_000, 5001, TcpFlags.Ack, "later")).ToPcap();

        Assert.Empty(Anomalies(capture));
        Assert.Equal(200_005, Assert.Single(Analysis.Records<FlowEnded>(capture)).ToResponder.PayloadBytes);
    }

    [Fact]
    public void Urgent_data_is_an_anomaly()
    {
        byte[] capture = Capture.New()
            .Tcp(Client, Server, t => t.Says("hello "))
            .Packet(Segment(Client, Server, 1007, 5001, TcpFlags.Ack | TcpFlags.Urg))
            .Packet(Segment(Client, Server, 1007, 5001, TcpFlags.Ack | TcpFlags.Urg, "X")).ToPcap();

        Assert.Equal([(7L, "urgent data")], Anomalies(capture));
    }

    private static List<(long Frame, string Rule)> Anomalies(byte[] capture) => [.. Analysis.Records<AnomalySeen>(capture).Select(a => (a.Frame.Number, a.Rule))];

    private static byte[] Segment(string from, string to, uint sequence, uint acknowledgment, TcpFlags flags, string payload = "")
        => FrameBuilder.Tcp(from, to, sequence, acknowledgment, flags, Hex.Text(payload));

    private static List<FlowEnded> All(CaptureBuilder capture) => Analysis.Records<FlowEnded>(capture.ToPcap());

    private static FlowEnded One(CaptureBuilder capture) => Assert.Single(All(capture));
}
