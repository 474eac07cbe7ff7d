using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Health;
using Pcapper.Modules.Protocols.Icmp;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Analyses.Health;

public sealed class HealthAnalyzerTests
{
    private const string Client = "10.0.0.5:49152";
    private const string Server = "10.0.0.9:80";
    private static readonly HashSet<string> s_modules = ["health"];

    private static readonly Gen<SegmentSeen> s_segment =
        from client in Gen.Int[1, 3]
        from direction in Gen.OneOf(Direction.ToResponder, Direction.ToOriginator)
        from notes in Gen.Int[0, (1 << 15) - 1]
        from frame in Gen.Int[1, 80]
        from time in Gen.OneOf<long?>(null, 1_000, 40_000_000)
        select new SegmentSeen
        {
            Flow = new FlowId(Key($"10.0.0.{client}", "10.0.1.9"), new FrameRef(0, 1)),
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_767_225_600 + frame),
            Direction = direction,
            Notes = (SegmentNotes)notes,
            AckTime = time,
        };

    private static readonly Gen<IcmpMessage> s_error =
        from router in Gen.Int[1, 3]
        from type in Gen.OneOf<byte>(3, 11)
        from frame in Gen.Int[1, 80]
        from mtu in Gen.OneOf<ushort>(0, 1280, 1400)
        select Error($"192.0.2.{router}", type, frame, mtu);

    [Fact]
    public void The_state_does_not_depend_on_how_records_were_split()
        => Laws.Hold<HealthAnalyzer>(Gen.OneOf(Laws.Emit(s_segment), Laws.Emit(s_error)), 40);

    [Fact]
    public void The_state_does_not_depend_on_how_packets_were_split()
    {
        Gen<byte[]> packet =
            from source in Gen.Int[1, 4]
            from ttl in Gen.Byte
            from congestion in Gen.Byte
            from syn in Gen.Bool
            select Packet(source, ttl, congestion, syn);
        Laws.Hold<HealthAnalyzer, byte[]>(packet, Feed, 40);
    }

    [Theory]
    [InlineData(300, 15, true)]
    [InlineData(300, 14, false)]
    [InlineData(199, 100, false)]
    public void A_path_on_which_much_is_sent_again_is_found(int segments, int again, bool expected)
    {
        RunOutcome outcome = Analysis.Of(Repeating(segments - again, again, milliseconds: 300), modules: s_modules);
        Assert.Equal(expected ? [HealthFindings.Retransmissions] : [], outcome.Findings.Select(f => f.Type));
        Assert.All(outcome.Findings, f => Assert.Equal(
            ("10.0.0.5 > 10.0.0.9", Severity.Low, "ip.src == 10.0.0.5 && ip.dst == 10.0.0.9 && tcp.analysis.retransmission"), (f.Subject, f.Severity, f.DisplayFilter)));
    }

    [Fact]
    public void What_was_captured_twice_was_not_sent_again()
        => Assert.Empty(Analysis.Of(Repeating(300, 200, milliseconds: -0.99), modules: s_modules).Findings);

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void A_host_that_takes_no_more_is_found(int times, bool expected)
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < times; i++)
        {
            capture.Frame(FrameBuilder.Ethernet(FrameBuilder.Tcp(Server, Client, 5001, (uint)(1001 + i), TcpFlags.Ack, window: 0)));
        }

        Assert.Equal(expected ? [HealthFindings.ZeroWindow] : [], Analysis.Of(capture.ToPcap(), modules: s_modules).Findings.Select(f => f.Type));
    }

    [Theory]
    [InlineData(20, 600, true)]
    [InlineData(20, 300, false)]
    [InlineData(19, 600, false)]
    public void A_DNS_server_that_takes_long_is_found(int answers, double milliseconds, bool expected)
    {
        byte[] question = Hex.Bytes("12 34 01 00 00 01 00 00 00 00 00 00 01 61 07 65 78 61 6d 70 6c 65 00 00 01 00 01");
        byte[] answer = Hex.Bytes("12 34 81 80 00 01 00 01 00 00 00 00 01 61 07 65 78 61 6d 70 6c 65 00 00 01 00 01 C0 0C 00 01 00 01 00 00 00 3C 00 04 C0 00 02 01");
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < answers; i++)
        {
            string client = $"10.0.0.5:{40_000 + i}";
            capture.Frame(FrameBuilder.Ethernet(FrameBuilder.Udp(client, "10.0.0.53:53", question))).Waits(milliseconds)
                .Frame(FrameBuilder.Ethernet(FrameBuilder.Udp("10.0.0.53:53", client, answer)));
        }

        RunOutcome outcome = Analysis.Of(capture.ToPcap(), modules: s_modules);
        Assert.Equal(expected ? [HealthFindings.SlowDns] : [], outcome.Findings.Select(f => f.Type));
        Table times = Table(outcome, "health.response_times");
        Assert.Equal(("dns", (long)answers), (times.Rows[0][2].String, times.Rows[0][3].Long));
    }

    [Fact]
    public void Packets_that_die_at_one_router_over_and_over_run_in_a_loop()
    {
        Assert.Equal(HealthFindings.Loop, Assert.Single(Conclude([.. Enumerable.Range(1, 20).Select(i => Error($"192.0.2.{1 + (i % 2)}", 11, i, 0))]).Findings).Type);
        Assert.Empty(Conclude([.. Enumerable.Range(1, 19).Select(i => Error("192.0.2.1", 11, i, 0))]).Findings);

        // Somebody asks for the path.
        Assert.Empty(Conclude([.. Enumerable.Range(1, 60).Select(i => Error($"192.0.2.{1 + (i % 3)}", 11, i, 0))]).Findings);
    }

    [Fact]
    public void Routers_tell_the_size_that_passes()
    {
        Table table = Conclude([Error("192.0.2.1", 3, 1, 1400), Error("192.0.2.2", 3, 2, 1280)]).Section.Blocks.OfType<Table>().Single(t => t.Id == "test.path_mtu");
        Assert.Equal((2, 1280), (table.Rows[0][2].Long, table.Rows[0][3].Long));
    }

    [Fact]
    public void The_headers_of_a_host_and_the_steps_of_the_clock_are_shown()
    {
        CaptureBuilder capture = Capture.New().Frame(Packet(1, 128, 0xB8 | 2, true)).Frame(Packet(1, 57, 3, false)).Waits(5000).Frame(Packet(2, 64, 0, false)).Waits(-2000).Frame(Packet(2, 63, 0, false));
        RunOutcome outcome = Analysis.Of(capture.ToPcap(), modules: s_modules);
        IReadOnlyList<Cell> host = Table(outcome, "health.hosts").Rows[0];
        Assert.Equal(("10.0.0.1", "57 128", "64 128", "0 46", 1, 1, 1400), (
            host[0].String, string.Join(' ', host[2].Strings), string.Join(' ', host[3].Strings), string.Join(' ', host[4].Strings), host[5].Long, host[6].Long, host[8].Long));
        IReadOnlyList<Cell> quality = Table(outcome, "health.captures").Rows[0];
        Assert.Equal((1, 1_999_000_000, 5_001_000_000), (quality[7].Long, quality[8].Long, quality[9].Long));
    }

    private static Table Table(RunOutcome outcome, string id) => outcome.Sections.SelectMany(s => s.Blocks).OfType<Table>().Single(t => t.Id == id);

    private static FlowKey Key(string originator, string responder) => new(IpAddress.Parse(originator), 49152, IpAddress.Parse(responder), 80, IpProtocol.Tcp, default);

    private static IcmpMessage Error(string router, byte type, int frame, ushort mtu) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse(router), type, IpAddress.Parse("10.0.0.5"), 0, IpProtocol.Icmp, default), new FrameRef(0, 1)),
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(1_767_225_600 + frame),
        Sender = IpAddress.Parse(router),
        Receiver = IpAddress.Parse("10.0.0.5"),
        IsV6 = false,
        Type = type,
        Code = type == 3 ? (byte)4 : (byte)0,
        Ttl = 64,
        PayloadLength = 28,
        EchoSequence = mtu,
        Quoted = Key("10.0.0.5", "10.9.9.9"),
    };

    private static Conclusions Conclude(List<IcmpMessage> messages)
    {
        var analyzer = new HealthAnalyzer();
        messages.ForEach(analyzer.Consume);
        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }

    private static byte[] Packet(int source, byte ttl, byte trafficClass, bool syn)
    {
        byte[] packet = FrameBuilder.Tcp($"10.0.0.{source}:49152", Server, 1, 1, syn ? TcpFlags.Syn : TcpFlags.Ack, options: [2, 4, 5, 0x78]);
        packet[1] = trafficClass;
        packet[8] = ttl;
        return FrameBuilder.Ethernet(packet);
    }

    private static byte[] Repeating(int segments, int again, double milliseconds)
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < segments; i++)
        {
            byte[] segment = FrameBuilder.Ethernet(FrameBuilder.Tcp(Client, Server, (uint)(1001 + (100 * i)), 5001, TcpFlags.Ack, new byte[100]));
            capture.Frame(segment);
            if (i < again)
            {
                capture.Waits(milliseconds).Frame(segment);
            }
        }

        return capture.ToPcap();
    }

    private static void Feed(HealthAnalyzer analyzer, byte[] bytes)
    {
        var packet = default(Packet);
        PacketDecoder.Decode(new Frame { Ref = new FrameRef(0, 1), Time = Timestamp.FromSeconds(1), LinkType = LinkType.Ethernet, OriginalLength = bytes.Length, Bytes = bytes }, ref packet);
        analyzer.Consume(packet, null);
    }
}
