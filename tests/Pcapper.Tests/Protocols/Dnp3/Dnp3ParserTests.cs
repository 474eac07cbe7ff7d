using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dnp3;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using D = Pcapper.Tests.Protocols.Dnp3.Dnp3Bytes;

namespace Pcapper.Tests.Protocols.Dnp3;

public sealed class Dnp3ParserTests
{
    private static readonly byte[] s_readClasses = D.Request(3, 1, 60, 2, 6, 60, 3, 6, 60, 4, 6);

    // Objects of a response, and the points that come out: table:index=value.
    public static TheoryData<string, string> Objects { get; } = new()
    {
        { "01 01 00 00 09 05 02", "1:0=1 1:1=0 1:2=1 1:3=0 1:4=0 1:5=0 1:6=0 1:7=0 1:8=0 1:9=1" },
        { "01 02 00 04 05 81 01", "1:4=1 1:5=0" },
        { "02 02 28 01 00 07 00 81 00 01 02 03 04 05", "1:7=1" },
        { "03 01 00 00 02 39", "3:0=1 3:1=2 3:2=3" },
        { "0a 02 00 00 00 81", "10:0=1" },
        { "14 01 00 02 02 01 05 00 00 00", "20:2=5" },
        { "14 06 00 02 02 ff ff", "20:2=65535" },
        { "15 09 00 00 00 10 00 00 00", "21:0=16" },
        { "1e 01 01 00 01 00 01 01 fe ff ff ff", "30:256=-2" },
        { "1e 04 00 00 01 01 00 fe ff", "30:0=1 30:1=-2" },
        { "1e 05 00 00 00 01 00 00 c0 3f", "1030:0=1500000" },
        { "1e 06 00 00 00 01 00 00 00 00 00 00 f8 bf", "1030:0=-1500000" },
        { "20 03 17 01 05 01 64 00 00 00 00 01 02 03 04 05", "30:5=100" },
        { "28 02 00 00 00 01 07 00", "40:0=7" },
        { "33 01 07 01 00 01 02 03 04 05", "" },
        { "6e 03 00 00 00 61 62 63", "" },
        { "1e 02 00 00 00 01 05 00 01 02 00 01 01 01", "30:0=5 1:1=0" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Objects_are_read(string objects, string points)
    {
        ParserFlow flow = Flow();
        flow.Replies(D.Answers(1, 10, D.Response(3, 0, Hex.Bytes(objects))));
        Assert.Equal(points, string.Join(' ', flow.Only<Dnp3Message>().Values.Select(v => $"{v.Table}:{v.Address}={v.Value}")));
        Assert.Empty(flow.All<AnomalySeen>());
    }

    [Fact]
    public void A_request_and_its_answer_belong_together()
    {
        ParserFlow flow = Flow();
        flow.Says(D.Asks(1, 10, s_readClasses));
        flow.Replies(D.Answers(1, 10, D.Response(3, 0x9000 | 0x10, D.Analogs(7))));
        flow.Says(D.Asks(1, 10, D.Request(3, 0)));
        IReadOnlyList<Dnp3Message> messages = flow.All<Dnp3Message>();
        Assert.Equal(["read", "read", "confirm"], messages.Select(m => Dnp3Calls.Name(m.Call)));
        Assert.Equal((10L, (ushort)1, "10.0.0.5", "10.0.0.9"), (messages[0].Station, messages[0].Master, messages[0].Client.ToString(), messages[0].Server.ToString()));
        Assert.Equal(["60.2", "60.3", "60.4"], messages[0].Headers.Select(h => $"{h.Group}.{h.Variation}"));
        Assert.Equal((Timestamp.PerSecond, new FrameRef(0, 1), 10L), (messages[1].ResponseTime, messages[1].RequestFrame, messages[1].Station));
        flow.Parser.OnEnd();
        Dnp3Exchange exchange = flow.Only<Dnp3Exchange>();
        Assert.Equal((1, 129, 0x9010), (exchange.Request, exchange.Reply, exchange.Indications));
    }

    [Fact]
    public void Controls_are_read_both_ways()
    {
        ParserFlow flow = Flow();
        flow.Says(D.Asks(1, 10, D.Request(1, 3, D.Relay(4, 0x41))));
        flow.Replies(D.Answers(1, 10, D.Response(1, 0, D.Relay(4, 0x41))));
        flow.Says(D.Asks(1, 10, D.Request(2, 4, D.Relay(4, 0x41))));
        flow.Replies(D.Answers(1, 10, D.Response(2, 0, D.Relay(4, 0x41, 6))));
        flow.Says(D.Asks(1, 10, D.Request(3, 5, Hex.Bytes("29 02 28 01 00 09 00 f4 01 00"))));
        IReadOnlyList<Dnp3Message> messages = flow.All<Dnp3Message>();
        Assert.Equal(["12:4=65", "41:9=500"], messages.SelectMany(m => m.Values).Select(v => $"{v.Table}:{v.Address}={v.Value}"));
        Assert.Equal("pulse on, close", Dnp3Dialect.Instance.Value(12, 0x41));
        Assert.Equal([null, "hardware error"], messages.Where(m => !m.IsRequest).Select(m => m.Refusal is { } r ? Dnp3Dialect.Instance.Refusal(r) : null));
        Assert.False(messages[2].IsUnselected);
        Assert.Equal([3, 129, 4, 129, 5], flow.All<Dnp3ControlSeen>().Select(c => c.Function));
        Assert.Equal(new Dnp3Control(12, 1, 4, 0x41, 1, 100, 100, 0, 6), flow.All<Dnp3ControlSeen>()[3].Control);
    }

    [Fact]
    public void An_operate_without_its_select_is_told()
    {
        ParserFlow flow = Flow();
        flow.Says(D.Asks(1, 10, D.Request(1, 3, D.Relay(4, 0x41))));
        flow.Says(D.Asks(1, 10, D.Request(5, 4, D.Relay(4, 0x41))));
        Assert.True(flow.All<Dnp3Message>()[1].IsUnselected);
    }

    [Fact]
    public void Fragments_in_several_frames_and_links_mixed_in_a_stream_are_put_together()
    {
        byte[] one = D.Answers(1, 10, D.Response(3, 0, D.Analogs([.. Enumerable.Range(0, 60).Select(i => (short)i)])), 40);
        byte[] other = D.Answers(1, 11, D.Response(3, 0, D.Analogs([.. Enumerable.Range(100, 60).Select(i => (short)i)])), 40);
        foreach (int size in (ReadOnlySpan<int>)[1, 7, 292, 1460])
        {
            byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:20000", t => t.SegmentSize(size)
                .Says([.. D.Asks(1, 10, s_readClasses), .. D.Asks(1, 11, s_readClasses)]).Replies(Alternate(one, other))).ToPcap();
            List<Dnp3Message> answers = [.. Analysis.Records<Dnp3Message>(capture).Where(m => !m.IsRequest)];
            Assert.Equal([10L, 11L], answers.Select(m => m.Station));
            Assert.Equal([59L, 159L], answers.Select(m => m.Values[^1].Value));
            Assert.All(answers, m => Assert.NotNull(m.ResponseTime));
            Assert.Empty(Analysis.Records<AnomalySeen>(capture));
        }
    }

    [Fact]
    public void Unsolicited_responses_and_frames_of_the_link_layer_are_told()
    {
        ParserFlow flow = Flow();
        flow.Says(D.Link(0xC9, 10, 1));
        flow.Replies(D.Link(0x0B, 1, 10));
        flow.Replies(D.Answers(1, 10, D.Report(7, 0x80, Hex.Bytes("02 01 28 01 00 03 00 81"))));
        flow.Says(D.Asks(1, 10, D.Request(7, 0)));
        Assert.Equal(["link: request status", "link: request status", "unsolicited response", "confirm"], flow.All<Dnp3Message>().Select(m => Dnp3Calls.Name(m.Call)));
        Assert.Equal([true, false, false, true], flow.All<Dnp3Message>().Select(m => m.IsRequest));
        Assert.Equal((null, 130), (flow.Only<Dnp3Exchange>().Request, flow.Only<Dnp3Exchange>().Reply));
    }

    [Theory]
    [InlineData("19 0d c0", 25, "open file")]
    [InlineData("0d", 13, "cold restart")]
    [InlineData("12", 18, "stop appl")]
    [InlineData("15 3c 02 06", 21, "disable unsolicited")]
    [InlineData("02 50 01 00 07 07 00", 2, "write indications")]
    [InlineData("02 32 01 07 01 00 00 00 00 00 00", 2, "write time")]
    [InlineData("02 22 01 00 00 00 05 00", 2, "write parameters")]
    [InlineData("01 00 f2 00 00 00", 1, "read attributes")]
    public void Functions_are_named_by_what_they_are_about(string request, int function, string name)
    {
        ParserFlow flow = Flow();
        byte[] bytes = Hex.Bytes(request);
        flow.Says(D.Asks(1, 10, D.Request(1, bytes[0], bytes[1..])));
        Assert.Equal((function, name), (flow.Only<Dnp3Message>().Function, Dnp3Calls.Name(flow.Only<Dnp3Message>().Call)));
    }

    [Fact]
    public void A_clock_that_is_set_unasked_is_told_from_one_that_was_asked_for()
    {
        byte[] write = D.Request(1, 2, 50, 1, 7, 1, 0, 0, 0, 0, 0, 0);
        Assert.Equal("write time unasked", SetAfter(0));
        Assert.Equal("write time", SetAfter(0x10));
        string SetAfter(int indications)
        {
            ParserFlow flow = Flow();
            flow.Replies(D.Answers(1, 10, D.Response(0, indications)));
            flow.Says(D.Asks(1, 10, write));
            return Dnp3Calls.Name(flow.All<Dnp3Message>()[1].Call);
        }
    }

    [Fact]
    public void Files_are_named()
    {
        byte[] name = Hex.Text("a/b.cfg");
        byte[] command = [26, 0, 7, 0, .. new byte[16], 1, 0, 0, 4, 1, 0, .. name];
        ParserFlow flow = Flow();
        flow.Says(D.Asks(1, 10, D.Request(1, 25, [70, 3, 0x5B, 1, (byte)command.Length, 0, .. command])));
        Assert.Equal(("a/b.cfg", IcsAction.ReadFile), (flow.Only<Dnp3Message>().FileName, Dnp3Calls.Action(flow.Only<Dnp3Message>().Call)));
    }

    [Theory]
    [InlineData(20000)]
    [InlineData(40200)]
    [InlineData(80)]
    public void It_is_recognised_on_any_port(int port)
    {
        byte[] tcp = Capture.New().Tcp("192.0.2.5:49152", $"192.0.2.9:{port}", t => t.Says(D.Asks(1, 10, s_readClasses)).Replies(D.Answers(1, 10, D.Response(3, 0)))).ToPcap();
        Assert.Equal(["dnp3"], Assert.Single(Analysis.Records<FlowEnded>(tcp)).Services);
        byte[] udp = Capture.New().Udp("192.0.2.5:49152", $"192.0.2.9:{port}", t => t.Says(D.Asks(1, 10, s_readClasses)).Replies(D.Answers(1, 10, D.Response(3, 0)))).ToPcap();
        Assert.Equal(2, Analysis.Records<Dnp3Message>(udp).Count);
    }

    [Fact]
    public void Something_else_on_its_port_is_not_taken_for_it()
    {
        byte[] http = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:20000", t => t.Says("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").Replies("HTTP/1.1 204 No Content\r\n\r\n")).ToPcap();
        Assert.Equal(["http"], Assert.Single(Analysis.Records<FlowEnded>(http)).Services);
    }

    [Theory]
    [InlineData(8, "wrong checksum")]
    [InlineData(11, "wrong checksum")]
    [InlineData(2, "wrong checksum")]
    public void A_wrong_checksum_is_counted_and_the_next_frame_read(int changed, string rule)
    {
        byte[] broken = D.Asks(1, 10, D.Request(4, 1, 60, 1, 6));
        broken[changed] ^= 0x55;
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:20000", t => t
            .Says(D.Asks(1, 10, s_readClasses)).Says(broken).Says(D.Asks(1, 10, D.Request(5, 1, 60, 1, 6)))).ToPcap();
        Assert.Equal([3, 5], Analysis.Records<Dnp3Message>(capture).Select(m => m.Sequence));
        Assert.Equal(rule, Analysis.Records<AnomalySeen>(capture)[0].Rule);
        Assert.Contains(Analysis.Records<IcsFault>(capture), f => f.IsChecksum);
    }

    [Theory]
    [InlineData("1e 02 00 00 09 01 05 00", "objects do not fit")]
    [InlineData("1e 02 0a 00 09 01 05 00", "objects do not fit")]
    [InlineData("1e 02 01 00", "objects do not fit")]
    public void Objects_that_do_not_fit_are_counted(string objects, string rule)
    {
        ParserFlow flow = Flow();
        flow.Replies(D.Answers(1, 10, D.Response(3, 0, Hex.Bytes(objects))));
        Assert.Equal(rule, flow.Only<AnomalySeen>().Rule);
    }

    [Fact]
    public void A_lost_segment_of_a_fragment_is_counted()
    {
        byte[] whole = D.Answers(1, 10, D.Response(3, 0, D.Analogs([.. new short[60]])), 40);
        int frame = 10 + 41 + 6;
        ParserFlow flow = Flow();
        flow.Replies(whole[..frame]);
        flow.Replies(whole[(2 * frame)..(3 * frame)]);
        Assert.Empty(flow.All<Dnp3Message>());
        Assert.Equal("transport segment out of order", flow.Only<AnomalySeen>().Rule);
    }

    [Fact]
    public void Every_prefix_asks_for_more_and_every_changed_byte_is_survived()
    {
        byte[] message = D.Asks(1, 10, D.Request(1, 4, D.Relay(4, 0x41)));
        for (int i = 1; i < message.Length; i++)
        {
            ParserFlow first = Flow();
            first.Says(message);
            ParseResult result = first.Says(message[..i]);
            Assert.Equal(ParseStatus.NeedMore, result.Status);
            Assert.InRange(result.Bytes, i + 1, message.Length);
            byte[] changed = [.. message];
            changed[i] ^= 0xFF;
            ParserFlow flow = Flow();
            flow.Says(message);
            flow.Says(changed);
            flow.Parser.OnEnd();
        }
    }

    [Fact]
    public void Any_bytes_are_survived() => Gen.Byte.Array[1, 200].Always(
        bytes =>
        {
            ParserFlow flow = Flow();
            flow.Says(D.Asks(1, 10, s_readClasses));
            flow.Says(bytes);
            flow.Says(D.Asks(1, 10, bytes));
            flow.Replies(D.Answers(1, 10, D.Response(3, 0, bytes), 30));
            flow.Replies(D.Answers(1, 10, bytes));
            new Dnp3Protocol().Probe(Direction.ToResponder, bytes);
            flow.Parser.OnEnd();
        },
        iterations: 500);

    [Fact]
    public void Requests_that_nobody_answers_do_not_pile_up()
    {
        ParserFlow flow = Flow();
        for (int i = 0; i < 3000; i++)
        {
            flow.At(1).Says(D.Asks(1, 10, D.Request(i & 15, 1, 60, 1, 6)));
        }

        flow.Parser.OnEnd();
        Assert.Equal(3000, flow.All<Dnp3Exchange>().Count);
        Assert.Equal(IcsLimits.InFlight, flow.All<Dnp3Message>().Max(m => m.InFlight));
    }

    private static ParserFlow Flow() => new((c, b) => new Dnp3Parser(c, b), 20000);

    // Frames of two fragments in turn; all but the last are of one length.
    private static byte[] Alternate(byte[] one, byte[] other)
    {
        const int Frame = 10 + 41 + 6;
        List<byte> mixed = [];
        for (int at = 0; at < one.Length; at += Frame)
        {
            mixed.AddRange(one[at..Math.Min(one.Length, at + Frame)]);
            mixed.AddRange(other[at..Math.Min(other.Length, at + Frame)]);
        }

        return [.. mixed];
    }
}
