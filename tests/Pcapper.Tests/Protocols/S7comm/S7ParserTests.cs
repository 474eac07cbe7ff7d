using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Modules.Protocols.S7comm;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using S = Pcapper.Tests.Protocols.S7comm.S7Bytes;

namespace Pcapper.Tests.Protocols.S7comm;

public sealed class S7ParserTests
{
    // Parameters and data of a job, those of its answer, the call's name, and the values that come out.
    public static TheoryData<string, string, string, string, string, string> Jobs { get; } = new()
    {
        { "f0 00 00 01 00 01 01 e0", "", "f0 00 00 01 00 01 00 f0", "", "set up communication", "" },
        { "04 01 12 0a 10 04 00 02 00 01 84 00 00 50", "", "04 01", "ff 04 00 20 01 f4 ff ff", "read variables", "DB1 word 10=500 DB1 word 12=65535" },
        { "04 02 12 0a 10 01 00 01 00 00 83 00 00 09 12 0a 10 05 00 01 00 07 84 00 00 10", "", "04 02", "ff 03 00 01 01 00 ff 05 00 10 ff fe", "read variables", "flag bit 9=1 DB7 int 2=-2" },
        { "04 01 12 0a 10 08 00 01 00 02 84 00 00 20", "", "04 01", "ff 07 00 04 3f c0 00 00", "read variables", "DB2 real 4=1500000" },
        { "04 01 12 0a 10 1c 00 01 00 00 1c 00 00 05", "", "04 01", "ff 09 00 02 00 07", "read variables", "counter 5=7" },
        { "04 01 12 0e b2 ff 00 00 00 01 00 00 00 00 00 00 00 09", "", "04 01", "ff 09 00 02 00 07", "read variables", "" },
        { "05 01 12 0a 10 02 00 03 00 00 82 00 00 08", "00 04 00 18 01 02 03", "05 01", "ff", "write variables", "output byte 1:=1 output byte 2:=2 output byte 3:=3" },
        { "1a 00 01 00 00 00 00 00 09 5f 30 41 30 30 30 30 31 50", "", "1a", "", "request download", "" },
        { "1d 00 00 00 00 00 00 00 09 5f 30 38 30 30 30 30 31 41", "", "1d 00 01 00 00 00 00 07", "", "start upload", "" },
        { "1e 00 00 00 00 00 00 07", "", "1e 00", "00 02 00 fb 01 02", "upload", "" },
        { "28 00 00 00 00 00 00 fd 00 00 09 50 5f 50 52 4f 47 52 41 4d", "", "28", "", "start controller", "" },
        { "28 00 00 00 00 00 00 fd 00 0a 01 00 30 41 30 30 30 30 31 50 05 5f 44 45 4c 45", "", "28", "", "delete block", "" },
        { "29 00 00 00 00 00 09 50 5f 50 52 4f 47 52 41 4d", "", "29", "", "stop controller", "" },
        { "99 00", "", "99", "", "function 0x99", "" },
    };

    [Theory]
    [MemberData(nameof(Jobs))]
    public void Each_function_is_read(string parameter, string data, string answer, string answerData, string name, string values)
    {
        ParserFlow flow = New();
        Assert.Equal(ParseStatus.Done, flow.Says(S.Job(7, Hex.Bytes(parameter), Hex.Bytes(data))).Status);
        Assert.Equal(ParseStatus.Done, flow.Replies(S.Answer(7, Hex.Bytes(answer), Hex.Bytes(answerData))).Status);
        IReadOnlyList<S7Message> messages = flow.All<S7Message>();
        Assert.Equal(2, messages.Count);
        Assert.All(messages, m => Assert.Equal(name, S7Calls.Name(m.Call)));
        Assert.Equal(values, string.Join(' ', messages.SelectMany(m => m.Values.Select(v => $"{S7Dialect.Instance.Table(v.Table)} {v.Address}{(m.IsRequest ? ":" : "")}={v.Value}"))));
        Assert.Equal((Timestamp.PerSecond, new FrameRef(0, 1)), (messages[1].ResponseTime, messages[1].RequestFrame));
        Assert.Empty(flow.All<AnomalySeen>());
    }

    [Fact]
    public void A_controller_says_what_it_is()
    {
        ParserFlow flow = New();
        flow.Says(S.ReadList(2, 0x11));
        flow.Replies(S.List(2, 0x11, 0, S.Module(1, "6ES7 315-2EH14-0AB0"), S.Module(7, "", 3, 2, 6)));
        flow.Says(S.ReadList(3, 0x1C));
        flow.Replies(S.List(3, 0x1C, 0, S.Component(1, "MILL"), S.Component(5, "S C-X4U421302009")));
        Assert.Equal(
            ["module: 6ES7 315-2EH14-0AB0", "firmware: V3.2.6", "system: MILL", "serial number: S C-X4U421302009"],
            flow.All<S7Message>().SelectMany(m => m.Identities).Select(i => $"{i.Name}: {i.Text}"));
        Assert.Equal("6ES7 315-2EH14-0AB0 V3.2.6", flow.All<SoftwareSeen>()[0].Banner);
        Assert.All(flow.All<S7Message>(), m => Assert.Equal(IcsAction.Identify, S7Calls.Action(m.Call)));
    }

    [Fact]
    public void A_password_is_a_credential()
    {
        ParserFlow flow = New();
        flow.Says(S.Password(2, "basisk"));
        Assert.Equal("basisk", flow.Only<CredentialSeen>().Secret!.Reveal());
        flow.Replies(S.UserData(2, 0x85, 1, [0x0A, 0, 0, 0], 0xD602));
        Assert.Equal("protection", S7Dialect.Instance.Refusal(flow.All<S7Message>()[1].Refusal!.Value));
    }

    [Theory]
    [InlineData("04 01", "05 00 00 00", 0, "address out of range")]
    [InlineData("04 01", "0a 00 00 00", 0, "object does not exist")]
    [InlineData("", "", 0x8104, "application relationship")]
    [InlineData("", "", 0xD209, "block error")]
    public void A_refusal_belongs_to_its_request(string parameter, string data, int error, string reason)
    {
        ParserFlow flow = New();
        flow.Says(S.Job(7, S.Variable(4, 0x84, 1, 4, 1, 0)));
        flow.Replies(S.Answer(7, Hex.Bytes(parameter), Hex.Bytes(data), error));
        S7Message answer = flow.All<S7Message>()[1];
        Assert.Equal((reason, "read variables"), (S7Dialect.Instance.Refusal(answer.Refusal!.Value), S7Calls.Name(answer.Call)));
    }

    [Fact]
    public void A_connection_names_the_slot_and_may_be_refused()
    {
        ParserFlow flow = New();
        flow.Says(S.Connect(3));
        flow.Replies(S.Refuse());
        Assert.Equal([3L, 3L], flow.All<S7Message>().Select(m => m.Station));
        Assert.Equal(S7Names.ConnectionRefused, flow.All<S7Message>()[1].Refusal);
    }

    [Fact]
    public void What_the_controller_asks_is_a_report()
    {
        ParserFlow flow = New();
        flow.Replies(S.Job(9, [0x1B, 0, 0, 0, 0, 0, 0, 0]));
        flow.Says(S.Answer(9, [0x1B, 0], [0, 0]));
        Assert.All(flow.All<S7Message>(), m => Assert.True(S7Calls.IsReport(m.Call) && !m.IsRequest));
        Assert.True(flow.All<S7Message>()[1].IsClientAnswer);
    }

    [Fact]
    public void Messages_across_segments_and_in_parts_are_read()
    {
        byte[] job = S.Job(2, S.Variable(4, 0x84, 1, 4, 1, 0));
        byte[] answer = S.Answer(2, [4, 1], S.Words(77));
        foreach (int size in (ReadOnlySpan<int>)[1, 5, 13, 1460])
        {
            byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:102", t => Mill.Open(t.SegmentSize(size)).Says(job).Replies(answer).Says(job).Replies([.. S.Unit(answer[7..15], isLast: false), .. S.Unit(answer[15..])])).ToPcap();
            Assert.Equal([77L, 77L], Analysis.Records<S7Message>(capture).SelectMany(m => m.Values).Select(v => v.Value));
            Assert.Empty(Analysis.Records<AnomalySeen>(capture));
        }

    }

    [Theory]
    [InlineData(102)]
    [InlineData(10102)]
    [InlineData(3389)]
    public void It_is_recognised_on_any_port(int port)
    {
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", $"192.0.2.9:{port}", t => Mill.Open(t)).ToPcap();
        Assert.Equal(["s7comm"], Assert.Single(Analysis.Records<FlowEnded>(capture)).Services);
        Assert.Equal(4, Analysis.Records<S7Message>(capture).Count);
    }

    [Fact]
    public void Others_in_the_same_transport_are_not_taken_for_it()
    {
        // A session of MMS: CONNECT of ISO 8327.
        byte[] mms = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:102", t => t
            .Says(S.Connect()).Replies(S.Confirm()).Says(S.Unit(Hex.Bytes("0d 05 14 01 00 00 00"))).Replies(S.Unit(Hex.Bytes("0e 05 14 01 00 00 00")))).ToPcap();
        Assert.DoesNotContain(Assert.Single(Analysis.Records<FlowEnded>(mms)).Services, s => s.StartsWith("s7", StringComparison.Ordinal));
        byte[] rdp = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:102", t => t
            .Says(Hex.Bytes("03 00 00 13 0e e0 00 00 00 00 00 01 00 08 00 03 00 00 00")).Replies(Hex.Bytes("03 00 00 13 0e d0 00 00 12 34 00 02 00 08 00 02 00 00 00"))).ToPcap();
        Assert.Equal("rdp", Assert.Single(Analysis.Records<FlowEnded>(rdp)).Services[0]);
        byte[] plus = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:102", t => t
            .Says(S.Connect()).Replies(S.Confirm()).Says(S.Unit(Hex.Bytes("72 01 00 04 31 00 00 04 72 01 00 00"))).Replies(S.Unit(Hex.Bytes("72 01 00 04 32 00 00 04 72 01 00 00")))).ToPcap();
        Assert.Equal(["s7comm-plus"], Assert.Single(Analysis.Records<FlowEnded>(plus)).Services);
        Assert.Equal(2, Analysis.Records<S7PlusMessage>(plus).Count);
    }

    [Fact]
    public void What_breaks_a_rule_is_counted_and_the_next_message_read()
    {
        byte[] long_ = S.Job(3, S.SetUp);
        long_[14] = 0x7F;
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:102", t => Mill.Open(t)
            .Says(long_).Says(Hex.Bytes("04 00 00 07 02 f0 80")).Says(S.Unit([0x33, 1])).Says(S.Job(4, [4, 2, 0x12, 0x0A, 0x10]))
            .Says(S.Job(9, S.Variable(4, 0x84, 1, 4, 1, 0))).Replies(S.Answer(9, [4, 1], S.Words(5)))).ToPcap();
        Assert.Equal(
            ["lengths do not fit", "no unit of ISO transport", "data of another protocol", "parameters do not fit the function"], Analysis.Records<IcsFault>(capture).Select(f => f.Rule));
        Assert.Equal([5L], Analysis.Records<S7Message>(capture).SelectMany(m => m.Values).Select(v => v.Value));
    }

    [Fact]
    public void Every_prefix_asks_for_more_and_every_changed_byte_is_survived()
    {
        foreach (byte[] message in (byte[][])[S.Job(7, S.Variable(5, 0x84, 1, 4, 1, 96), [0, 4, 0, 16, 4, 0xB0]), S.ReadList(2, 0x11), S.Connect(), S.List(2, 0x11, 0, S.Module(1, "6ES7 315-2EH14-0AB0"))])
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
            foreach (byte[] message in (byte[][])[bytes, S.Unit(bytes), S.Job(1, bytes), S.Answer(1, [4, 1], bytes), S.Job(1, S.Variable(5, 0x84, 1, 4, 9, 0), bytes), S.UserData(1, 0x84, 1, bytes, 0)])
            {
                ParserFlow flow = New();
                flow.Says(S.Job(1, S.Variable(4, 0x84, 1, 4, 1, 0)));
                ParseResult result = flow.Says(message);
                Assert.True(result.Status != ParseStatus.Done || result.Bytes > 0);
                flow.Replies(message);
                new S7Protocol().Probe(Direction.ToResponder, message);
                new S7PlusProtocol().Probe(Direction.ToResponder, message);
                flow.Parser.OnEnd();
            }
        },
        iterations: 500);

    [Fact]
    public void Requests_and_parts_without_end_do_not_pile_up()
    {
        ParserFlow flow = New();
        for (int i = 0; i < 3000; i++)
        {
            flow.At(1).Says(S.Job(i, S.SetUp));
        }

        Assert.Equal(IcsLimits.InFlight, flow.All<S7Message>().Max(m => m.InFlight));
        for (int i = 0; i < 20; i++)
        {
            flow.Says(S.Unit(new byte[8000], isLast: false));
        }

        Assert.Contains("message too long", flow.All<IcsFault>().Select(f => f.Rule));
    }

    private static ParserFlow New() => new((c, b) => new S7Parser(c, b), 102);
}
