using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Enip;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using E = Pcapper.Tests.Protocols.Enip.EnipBytes;

namespace Pcapper.Tests.Protocols.Enip;

public sealed class EnipParserTests
{
    // A request, its answer, the name of the call, the point, and the values that come out.
    public static TheoryData<string, string, string, string, string> Services { get; } = new()
    {
        { "0e 03 20 04 24 64 30 03", "8e 00 00 00 05 00", "get attribute (assembly)", "assembly attribute 3", "100=5" },
        { "10 03 20 f6 24 01 30 06", "90 00 0f 00", "set attribute (Ethernet link)", "Ethernet link attribute 6", "" },
        { "10 03 20 04 24 65 30 03 34 12", "90 00 00 00", "set attribute (assembly)", "assembly attribute 3", "101:=4660" },
        { "01 02 20 01 24 01", "81 00 08 00", "get all attributes (identity)", "identity", "" },
        { "03 02 20 ac 24 01 01 00 01 00", "83 00 00 00 01 00 01 00 00 00 05 00", "get attribute list (class 0xac)", "class 0xac", "" },
        { "4c 03 91 04 54 61 6e 6b 02 00", "cc 00 00 00 c4 00 0a 00 00 00 ff ff ff ff", "read tag", "Tank", "0=10 1=-1" },
        { "4c 04 91 04 54 61 6e 6b 28 05 01 00", "cc 00 00 00 c1 00 ff", "read tag", "Tank", "5=1" },
        { "4d 03 91 04 54 61 6e 6b ca 00 01 00 00 00 c0 3f", "cd 00 00 00", "write tag", "Tank", "0:=1500000" },
        { "52 03 91 04 54 61 6e 6b 04 00 04 00 00 00", "d2 00 00 00 c3 00 07 00 08 00", "read tag in parts", "Tank", "2=7 3=8" },
        { "53 03 91 04 54 61 6e 6b c3 00 01 00 02 00 00 00 09 00", "d3 00 00 00", "write tag in parts", "Tank", "1:=9" },
        { "4c 06 91 03 54 61 6e 00 28 02 91 02 50 56 01 00", "cc 00 04 00", "read tag", "Tan[2].PV", "" },
        { "07 02 20 8e 24 01", "87 00 00 00", "stop (class 0x8e)", "class 0x8e", "" },
        { "05 02 20 01 24 01", "85 00 00 00", "reset (identity)", "identity", "" },
        { "54 02 20 06 24 01 07 e9", "d4 00 00 00", "forward open (connection manager)", "connection manager", "" },
        { "4b 02 20 67 24 01 07 4d 00 01 00 00 00 0f 00 01 00 aa 02 07 89 00 00 05 00", "cb 00 00 00", "execute PCCC 0x0f/0xaa", "PCCC", "" },
        { "21 03 21 00 34 12 24 01", "a1 00 08 00", "service 0x21 (class 0x1234)", "class 0x1234", "" },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public void Each_service_is_read(string request, string answer, string name, string point, string values)
    {
        foreach (bool isConnected in (ReadOnlySpan<bool>)[false, true])
        {
            ParserFlow flow = New();
            flow.Says(isConnected ? E.Connected(9, Hex.Bytes(request)) : E.Loose(9, Hex.Bytes(request)));
            flow.Replies(isConnected ? E.Connected(9, Hex.Bytes(answer)) : E.Loose(9, Hex.Bytes(answer)));
            IReadOnlyList<CipMessage> messages = flow.All<CipMessage>();
            Assert.Equal(2, messages.Count);
            Assert.All(messages, m => Assert.Equal((name, point), (CipCalls.Name(m.Call), m.Point)));
            Assert.Equal(values, string.Join(' ', messages.SelectMany(m => m.Values.Select(v => $"{v.Address}{(m.IsRequest ? ":" : "")}={v.Value}"))));
            Assert.Equal((Timestamp.PerSecond, new FrameRef(0, 1)), (messages[1].ResponseTime, messages[1].RequestFrame));
            Assert.Empty(flow.All<AnomalySeen>());
        }
    }

    [Fact]
    public void Each_service_of_several_stands_for_itself()
    {
        ParserFlow flow = New();
        flow.Says(E.Loose(1, E.SentOn(4, E.Request(0x0A, E.Path(2, 1), E.Several(E.Request(0x4C, E.Tag("A"), 1, 0), E.Request(0x4D, E.Tag("Bc"), 0xC3, 0, 1, 0, 7, 0), E.Request(0x4C, E.Tag("D"), 1, 0))))));
        flow.Replies(E.Loose(1, E.Answer(0x0A, 0x1E, E.Several(E.Answer(0x4C, 0, 0xC3, 0, 5, 0), E.Answer(0x4D, 0), E.Answer(0x4C, 5)))));
        Assert.Equal(
            ["A 4 ", "Bc 4 7", "D 4 ", "A 4 5", "Bc 4 ", "D 4 "], flow.All<CipMessage>().Select(m => $"{m.Point} {m.Station} {string.Join(' ', m.Values.Select(v => v.Value))}"));
        Assert.Equal([null, null, 5], flow.All<CipMessage>().Skip(3).Select(m => m.Refusal));
        Assert.Empty(flow.All<AnomalySeen>());
    }

    [Fact]
    public void What_carries_itself_is_read_so_far_only()
    {
        byte[] request = E.Request(0x4C, E.Tag("A"), 1, 0);
        for (int i = 0; i < 20; i++)
        {
            request = i % 2 == 0 ? E.SentOn(1, request) : E.Request(0x0A, E.Path(2, 1), E.Several(request, request));
        }

        ParserFlow flow = New();
        flow.Says(E.Loose(1, request));
        Assert.InRange(flow.All<CipMessage>().Count, 1, CipMessages.MostServices);
        flow = New();
        flow.Says(E.Loose(1, E.Request(0x0A, E.Path(2, 1), E.Several([.. Enumerable.Repeat(E.Request(7, E.Path(1, 1)), 1000)]))));
        Assert.InRange(flow.All<CipMessage>().Count, 1, CipMessages.MostServices);
    }

    [Fact]
    public void A_device_says_what_it_is()
    {
        ParserFlow flow = New();
        flow.Says(E.AskIdentity);
        flow.Replies(E.Identity("1756-ENBT/A"));
        EnipIdentity identity = flow.Only<EnipIdentitySeen>().Identity;
        Assert.Equal(("1756-ENBT/A", "20.11", 1, "192.0.2.50", 44818, (byte?)3), (identity.ProductName, identity.Revision, identity.Vendor, identity.Address.ToString(), identity.Port, identity.State));
        Assert.Equal("1756-ENBT/A 20.11", flow.Only<SoftwareSeen>().Banner);
        Assert.Equal(Timestamp.PerSecond, flow.All<EnipMessage>()[1].ResponseTime);
        flow = New();
        flow.Says(E.Loose(1, E.SentOn(3, E.Request(1, E.Path(1, 1)))));
        flow.Replies(E.Loose(1, E.Answer(1, 0, E.Object("1756-L61/B"))));
        Assert.Equal((3L, "1756-L61/B"), (flow.Only<EnipIdentitySeen>().Slot, flow.Only<EnipIdentitySeen>().Identity.ProductName));
    }

    [Fact]
    public void Those_who_answer_a_broadcast_are_servers()
    {
        byte[] capture = Capture.New()
            .Udp("192.0.2.5:49152", "255.255.255.255:44818", t => t.Says(E.AskIdentity))
            .Udp("192.0.2.50:44818", "192.0.2.5:49152", t => t.Says(E.Identity("1756-ENBT/A"))).ToPcap();
        Assert.Equal(["255.255.255.255", "192.0.2.50"], Analysis.Records<EnipMessage>(capture).Select(m => m.Server.ToString()));
        Assert.Equal("192.0.2.50", Assert.Single(Analysis.Records<EnipIdentitySeen>(capture)).Host.ToString());
    }

    [Fact]
    public void Datagrams_of_connections_are_read()
    {
        byte[] capture = Capture.New().Udp("192.0.2.5:2222", "192.0.2.50:2222", t => t.Says(E.Io(7, 1, 0xAB, 0xCD)).Replies(E.Io(8, 1, 9))).ToPcap();
        Assert.Equal(["7 1 abcd", "8 1 09"], Analysis.Records<CipIoSeen>(capture).Select(i => $"{i.Connection} {i.Sequence} {i.Data}"));
        Assert.Equal(["enip"], Assert.Single(Analysis.Records<FlowEnded>(capture)).Services);
    }

    [Theory]
    [InlineData(44818)]
    [InlineData(9000)]
    [InlineData(502)]
    public void It_is_recognised_on_any_port(int port)
    {
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", $"192.0.2.9:{port}", t => Bottling.Open(t)).ToPcap();
        Assert.Equal(["enip"], Assert.Single(Analysis.Records<FlowEnded>(capture)).Services);
        byte[] middle = Capture.New().Tcp("192.0.2.5:49152", $"192.0.2.9:{port}", t => t.WithoutHandshake().Says(E.Connected(1, E.Request(7, E.Path(0x8E, 1))))).ToPcap();
        Assert.Equal(["enip"], Assert.Single(Analysis.Records<FlowEnded>(middle)).Services);
    }

    [Fact]
    public void Something_else_on_its_port_is_not_taken_for_it()
    {
        byte[] zeros = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:44818", t => t.Says(new byte[48]).Replies(new byte[48])).ToPcap();
        Assert.DoesNotContain("enip", Assert.Single(Analysis.Records<FlowEnded>(zeros)).Services);
        byte[] http = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:44818", t => t.Says("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").Replies("HTTP/1.1 204 No Content\r\n\r\n")).ToPcap();
        Assert.Equal(["http"], Assert.Single(Analysis.Records<FlowEnded>(http)).Services);
    }

    [Fact]
    public void Several_messages_of_a_segment_and_one_across_segments_are_read()
    {
        byte[] requests = [.. E.Loose(1, E.Request(0x4C, E.Tag("A"), 1, 0)), .. E.Loose(2, E.Request(0x4C, E.Tag("B"), 1, 0))];
        byte[] answers = [.. E.Loose(2, E.Answer(0x4C, 0, 0xC3, 0, 2, 0)), .. E.Loose(1, E.Answer(0x4C, 0, 0xC3, 0, 1, 0))];
        foreach (int size in (ReadOnlySpan<int>)[1, 7, 31, 1460])
        {
            byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:44818", t => Bottling.Open(t.SegmentSize(size)).Says(requests).Replies(answers)).ToPcap();
            Assert.Equal(["B=2", "A=1"], Analysis.Records<CipMessage>(capture).Where(m => !m.IsRequest).Select(m => $"{m.Point}={m.Values[0].Value}"));
            Assert.Empty(Analysis.Records<AnomalySeen>(capture));
        }
    }

    [Fact]
    public void What_breaks_a_rule_is_counted_and_the_next_message_read()
    {
        byte[] options = E.Register();
        options[20] = 1;
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:44818", t => Bottling.Open(t)
            .Says(options).Says(E.Loose(1, [0x4C, 0x40, 0x91])).Says(E.Message(0x6F, [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 9, 0, 1])).Says(E.Loose(2, E.Request(0x0A, E.Path(2, 1), 1, 0, 0xFF, 0)))
            .Says(E.Loose(3, E.Request(0x4C, E.Tag("A"), 1, 0))).Replies(E.Loose(3, E.Answer(0x4C, 0, 0xC3, 0, 1, 0)))).ToPcap();
        Assert.Equal(["header", "path beyond the message", "item beyond the message", "service beyond the message"], Analysis.Records<IcsFault>(capture).Select(f => f.Rule));
        Assert.Equal([1L], Analysis.Records<CipMessage>(capture).SelectMany(m => m.Values).Select(v => v.Value));
    }

    [Fact]
    public void Every_prefix_asks_for_more_and_every_changed_byte_is_survived()
    {
        foreach (byte[] message in (byte[][])[E.Register(), E.Identity("1756-ENBT/A"), E.Connected(1, E.Request(0x4D, E.Tag("Speed"), 0xC4, 0, 1, 0, 1, 2, 3, 4)), E.Loose(1, E.SentOn(1, E.Request(7, E.Path(0x8E, 1))))])
        {
            ParserFlow first = New();
            first.Says(message);
            for (int i = 1; i < message.Length; i++)
            {
                ParseResult result = first.Says(message[..i]);
                Assert.Equal(ParseStatus.NeedMore, result.Status);
                Assert.InRange(result.Bytes, i + 1, message.Length);
                byte[] changed = [.. message];
                changed[i] ^= 0xFF;
                ParserFlow flow = New();
                flow.Says(message);
                flow.Says(changed);
                flow.Replies(changed);
                flow.Parser.OnEnd();
            }
        }
    }

    [Fact]
    public void Any_bytes_are_survived() => Gen.Byte.Array[1, 300].Always(
        bytes =>
        {
            foreach (byte[] message in (byte[][])[
                bytes, E.Loose(1, bytes), E.Connected(1, bytes), E.Loose(1, E.Request(0x0A, E.Path(2, 1), bytes)), E.Loose(1, E.SentOn(1, bytes)), E.Loose(1, E.Answer(0x0A, 0, bytes)),
                E.Loose(1, E.Answer(0x4C, 0, bytes)), E.Message(0x63, bytes), E.Io(1, 2, bytes)])
            {
                foreach (IpProtocol transport in (ReadOnlySpan<IpProtocol>)[IpProtocol.Tcp, IpProtocol.Udp])
                {
                    var flow = new ParserFlow((c, b) => new EnipParser(c, b), 44818, transport);
                    flow.Says(E.Register());
                    flow.Says(E.Loose(1, E.Request(0x0A, E.Path(2, 1), E.Several(E.Request(0x4C, E.Tag("A"), 1, 0), E.Request(0x4C, E.Tag("A"), 1, 0)))));
                    ParseResult result = flow.Says(message);
                    Assert.True(result.Status != ParseStatus.Done || result.Bytes > 0);
                    flow.Replies(message);
                    new EnipProtocol().Probe(Direction.ToResponder, message);
                    flow.Parser.OnEnd();
                }
            }
        },
        iterations: 300);

    [Fact]
    public void Requests_that_nobody_answers_do_not_pile_up()
    {
        ParserFlow flow = New();
        for (int i = 0; i < 3000; i++)
        {
            flow.At(1).Says(E.Connected(i, E.Request(0x4C, E.Tag("A"), 1, 0)));
        }

        Assert.Equal(IcsLimits.InFlight, flow.All<CipMessage>().Max(m => m.InFlight));
    }

    private static ParserFlow New() => new((c, b) => new EnipParser(c, b), 44818);
}
