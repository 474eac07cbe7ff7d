using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Modules.Protocols.Modbus;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using M = Pcapper.Tests.Protocols.Modbus.ModbusBytes;

namespace Pcapper.Tests.Protocols.Modbus;

public sealed class ModbusParserTests
{
    // Each public function: a request, its response, the call's name, and the values that come out.
    public static TheoryData<string, string, string, string> Functions { get; } = new()
    {
        { "01 00 13 00 0a", "01 02 cd 01", "read coils", "19=1 20=0 21=1 22=1 23=0 24=0 25=1 26=1 27=1 28=0" },
        { "02 00 c4 00 03", "02 01 05", "read discrete inputs", "196=1 197=0 198=1" },
        { "03 00 6b 00 03", "03 06 02 2b 00 00 00 64", "read holding registers", "107=555 108=0 109=100" },
        { "04 00 08 00 01", "04 02 00 0a", "read input registers", "8=10" },
        { "05 00 ac ff 00", "05 00 ac ff 00", "write single coil", "172:=1" },
        { "05 00 ac 00 00", "05 00 ac 00 00", "write single coil", "172:=0" },
        { "06 00 01 00 03", "06 00 01 00 03", "write single register", "1:=3" },
        { "07", "07 6d", "read exception status", "" },
        { "08 00 00 a5 37", "08 00 00 a5 37", "diagnostics: return query data", "" },
        { "08 00 01 ff 00", "08 00 01 ff 00", "diagnostics: restart communications", "" },
        { "08 00 04 00 00", "08 00 04 00 00", "diagnostics: force listen only", "" },
        { "0b", "0b ff ff 01 08", "get comm event counter", "" },
        { "0c", "0c 08 00 00 01 08 01 21 20 00", "get comm event log", "" },
        { "0f 00 13 00 0a 02 cd 01", "0f 00 13 00 0a", "write multiple coils", "19:=1 20:=0 21:=1 22:=1 23:=0 24:=0 25:=1 26:=1 27:=1 28:=0" },
        { "10 00 01 00 02 04 00 0a 01 02", "10 00 01 00 02", "write multiple registers", "1:=10 2:=258" },
        { "11", "11 0a 50 4c 43 2d 37 2d 41 42 01 ff", "report slave id", "" },
        { "14 07 06 00 04 00 01 00 02", "14 06 05 06 0d fe 00 20", "read file record", "" },
        { "15 0d 06 00 04 00 07 00 03 06 af 04 be 10 0d", "15 0d 06 00 04 00 07 00 03 06 af 04 be 10 0d", "write file record", "" },
        { "16 00 04 00 f2 00 25", "16 00 04 00 f2 00 25", "mask write register", "" },
        { "17 00 03 00 02 00 0e 00 01 02 00 ff", "17 04 00 fe 0a cd", "read write multiple registers", "14:=255 3=254 4=2765" },
        { "18 04 de", "18 00 06 00 02 01 b8 12 84", "read fifo queue", "1246=440 1246=4740" },
        { "2b 0e 01 00", "2b 0e 01 01 00 00 01 00 04 41 63 6d 65", "read device identification", "" },
        { "5a 00 41 ff", "5a 00 fe", "UMAS stop controller", "" },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Each_function_is_read(string request, string response, string name, string values)
    {
        foreach (bool isRtu in (ReadOnlySpan<bool>)[false, true])
        {
            var flow = new ParserFlow((c, b) => new ModbusParser(c, b), 502);
            Assert.Equal(ParseStatus.Done, flow.Says(Frame(isRtu, request)).Status);
            Assert.Equal(ParseStatus.Done, flow.Replies(Frame(isRtu, response)).Status);
            IReadOnlyList<ModbusMessage> messages = flow.All<ModbusMessage>();
            Assert.Equal(2, messages.Count);
            Assert.All(messages, m => Assert.Equal(name, ModbusCalls.Name(m.Call)));
            Assert.Equal(values, string.Join(' ', messages.SelectMany(m => m.Values.Select(v => $"{v.Address}{(m.IsRequest ? ":" : "")}={v.Value}"))));
            Assert.Equal((Timestamp.PerSecond, new FrameRef(0, 1)), (messages[1].ResponseTime, messages[1].RequestFrame));
            Assert.Empty(flow.All<AnomalySeen>());
        }
    }

    [Fact]
    public void A_device_says_what_it_is()
    {
        var flow = new ParserFlow((c, b) => new ModbusParser(c, b), 502);
        flow.Says(M.Tcp(1, 1, 0x2B, 14, 1, 0));
        flow.Replies(M.Tcp(1, 1, [0x2B, 14, 1, 1, 0, 0, 3, 0, 4, .. Hex.Text("Acme"), 1, 3, .. Hex.Text("X-1"), 2, 3, .. Hex.Text("2.0")]));
        Assert.Equal(["vendor: Acme", "product: X-1", "revision: 2.0"], flow.All<ModbusMessage>()[1].Identities.Select(i => $"{i.Name}: {i.Text}"));
        Assert.Equal(("Acme X-1 2.0", "10.0.0.9"), (flow.Only<SoftwareSeen>().Banner, flow.Only<SoftwareSeen>().Host.ToString()));
        Assert.Equal("PLC-7-AB", Talk("11", "11 0a 50 4c 43 2d 37 2d 41 42 01 ff")[1].Identities[0].Text);
    }

    [Theory]
    [InlineData("83 02", 2, "illegal data address")]
    [InlineData("83 0b", 11, "gateway target device failed to respond")]
    public void A_refusal_belongs_to_its_request(string response, int code, string name)
    {
        ModbusMessage answer = Talk("03 00 6b 00 03", response)[1];
        Assert.Equal((true, code, 107, ModbusFunction.ReadHoldingRegisters), (answer.IsException, answer.Refusal, answer.Address, answer.Function));
        Assert.Equal(name, ModbusDialect.Instance.Refusal(code));
    }

    [Fact]
    public void Several_messages_of_a_segment_and_one_across_segments_are_read()
    {
        byte[] requests = [.. M.Tcp(1, 1, M.Read(3, 0, 1)), .. M.Tcp(2, 1, M.Read(3, 9, 1)), .. M.Tcp(3, 2, M.Write(6, 5, 77))];
        byte[] responses = [.. M.Tcp(2, 1, M.Registers(3, 22)), .. M.Tcp(1, 1, M.Registers(3, 11)), .. M.Tcp(3, 2, M.Write(6, 5, 77))];
        foreach (int size in (ReadOnlySpan<int>)[1, 5, 7, 13, 1460])
        {
            byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:502", t => t.SegmentSize(size).Says(requests).Replies(responses)).ToPcap();
            List<ModbusMessage> messages = Analysis.Records<ModbusMessage>(capture);
            Assert.Equal(6, messages.Count);
            Assert.Equal(["9=22", "0=11"], messages.Where(m => !m.IsRequest).SelectMany(m => m.Values).Select(v => $"{v.Address}={v.Value}"));
            Assert.Empty(Analysis.Records<AnomalySeen>(capture));
        }
    }

    [Theory]
    [InlineData(502)]
    [InlineData(40502)]
    [InlineData(443)]
    public void It_is_recognised_on_any_port(int port)
    {
        foreach ((byte[] ask, byte[] answer) in ((byte[], byte[])[])
            [(M.Tcp(1, 1, M.Read(3, 0, 2)), M.Tcp(1, 1, M.Registers(3, 1, 2))), (M.Rtu(1, M.Read(3, 0, 2)), M.Rtu(1, M.Registers(3, 1, 2)))])
        {
            byte[] tcp = Capture.New().Tcp("192.0.2.5:49152", $"192.0.2.9:{port}", t => t.Says(ask).Replies(answer)).ToPcap();
            Assert.Equal(["modbus"], Assert.Single(Analysis.Records<FlowEnded>(tcp)).Services);
            byte[] udp = Capture.New().Udp("192.0.2.5:49152", $"192.0.2.9:{port}", t => t.Says(ask).Replies(answer)).ToPcap();
            Assert.Equal(["modbus"], Assert.Single(Analysis.Records<FlowEnded>(udp)).Services);
            Assert.Equal(2, Analysis.Records<ModbusMessage>(udp).Count);
        }
    }

    [Fact]
    public void Something_else_on_its_port_is_not_taken_for_it()
    {
        byte[] http = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:502", t => t.Says("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").Replies("HTTP/1.1 204 No Content\r\n\r\n")).ToPcap();
        Assert.Equal(["http"], Assert.Single(Analysis.Records<FlowEnded>(http)).Services);
        byte[] zeros = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:502", t => t.Says(new byte[40]).Replies(new byte[40])).ToPcap();
        Assert.DoesNotContain("modbus", Assert.Single(Analysis.Records<FlowEnded>(zeros)).Services);
    }

    [Fact]
    public void A_server_that_calls_its_client_is_the_server_still()
    {
        var conversation = Capture.New().Tcp("192.0.2.9:502", "192.0.2.5:49152", t => t.Replies(M.Tcp(1, 1, M.Read(3, 0, 1))).Says(M.Tcp(1, 1, M.Registers(3, 7))));
        List<ModbusMessage> messages = Analysis.Records<ModbusMessage>(conversation.ToPcap());
        Assert.Equal([true, false], messages.Select(m => m.IsRequest));
        Assert.All(messages, m => Assert.Equal(("192.0.2.5", "192.0.2.9", 502), (m.Client.ToString(), m.Server.ToString(), (int)m.ServerPort)));
    }

    [Fact]
    public void A_wrong_checksum_is_counted_and_the_next_frame_read()
    {
        byte[] broken = M.Rtu(1, M.Read(3, 0, 1));
        broken[^1] ^= 0xFF;
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:502", t => t
            .Says(M.Rtu(1, M.Read(3, 0, 1))).Replies(M.Rtu(1, M.Registers(3, 5))).Says(broken).Says(M.Rtu(1, M.Read(3, 8, 1))).Replies(M.Rtu(1, M.Registers(3, 6)))).ToPcap();
        Assert.Equal(["0=5", "8=6"], Analysis.Records<ModbusMessage>(capture).SelectMany(m => m.Values).Select(v => $"{v.Address}={v.Value}"));
        AnomalySeen anomaly = Assert.Single(Analysis.Records<AnomalySeen>(capture));
        Assert.Equal(("modbus", ModbusParser.WrongChecksum), (anomaly.Protocol, anomaly.Rule));
        Assert.True(Assert.Single(Analysis.Records<IcsFault>(capture)).IsChecksum);
    }

    [Fact]
    public void A_broken_header_is_counted_and_the_next_segment_read()
    {
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:502", t => t
            .Says(M.Tcp(1, 1, M.Read(3, 0, 1))).Replies(M.Tcp(1, 1, M.Registers(3, 5))).Says(Hex.Bytes("00 02 00 07 00 06 01 03 00 00 00 01"))
            .Says(M.Tcp(3, 1, M.Read(3, 8, 1))).Replies(M.Tcp(3, 1, M.Registers(3, 6)))).ToPcap();
        Assert.Equal(["0=5", "8=6"], Analysis.Records<ModbusMessage>(capture).SelectMany(m => m.Values).Select(v => $"{v.Address}={v.Value}"));
        Assert.Equal("header", Assert.Single(Analysis.Records<AnomalySeen>(capture)).Rule);
    }

    [Theory]
    [InlineData("00 02 00 00 00 20 01 03 00 08 00 01", "length does not fit the function")]
    [InlineData("00 02 00 00 00 08 01 03 00 08 00 01 ff ff", "length does not fit the function")]
    public void A_wrong_length_is_counted_and_the_message_read(string request, string rule)
    {
        var flow = new ParserFlow((c, b) => new ModbusParser(c, b), 502);
        flow.Says(M.Tcp(1, 1, M.Read(3, 0, 1)));
        Assert.Equal(ParseStatus.Done, flow.Says(Hex.Bytes(request)).Status);
        Assert.Equal([0, 8], flow.All<ModbusMessage>().Select(m => m.Address));
        Assert.Equal(rule, flow.All<AnomalySeen>()[0].Rule);
    }

    [Theory]
    [InlineData("03 00 00 00 02", "03 02 00 01", "another quantity than was asked for")]
    [InlineData("03 00 00 00 02", "04 02 00 01", "response of another function")]
    [InlineData("10 00 01 00 09 04 00 0a 01 02", null, "data do not fit the function")]
    public void What_does_not_fit_together_is_counted(string request, string? response, string rule)
    {
        var flow = new ParserFlow((c, b) => new ModbusParser(c, b), 502);
        flow.Says(M.Tcp(1, 1, Hex.Bytes(request)));
        if (response is not null)
        {
            flow.Replies(M.Tcp(1, 1, Hex.Bytes(response)));
        }

        Assert.Equal(rule, flow.Only<AnomalySeen>().Rule);
        Assert.DoesNotContain(flow.All<ModbusMessage>(), m => m.Values.Count > 0);
    }

    [Fact]
    public void Every_prefix_asks_for_more_and_every_changed_byte_is_survived()
    {
        foreach (byte[] message in (byte[][])[M.Tcp(7, 1, M.Write(6, 16, 0x1234)), M.Rtu(1, M.Read(3, 0, 9)), M.Tcp(7, 1, 0x0F, 0, 0x13, 0, 10, 2, 0xCD, 1)])
        {
            var first = new ParserFlow((c, b) => new ModbusParser(c, b), 502);
            first.Says(message);
            for (int i = 1; i < message.Length; i++)
            {
                ParseResult result = first.Says(message[..i]);
                Assert.Equal(ParseStatus.NeedMore, result.Status);
                Assert.InRange(result.Bytes, i + 1, message.Length);
                byte[] changed = [.. message];
                changed[i] ^= 0xFF;
                var flow = new ParserFlow((c, b) => new ModbusParser(c, b), 502);
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
            foreach (byte[] message in (byte[][])[bytes, M.Tcp(1, 1, bytes), M.Rtu(1, bytes)])
            {
                var flow = new ParserFlow((c, b) => new ModbusParser(c, b), 502);
                flow.Says(M.Tcp(1, 1, M.Read(3, 0, 1)));
                ParseResult result = flow.Says(message);
                Assert.True(result.Status != ParseStatus.Done || result.Bytes > 0);
                flow.Replies(message);
                new ModbusProtocol().Probe(Direction.ToResponder, message);
                flow.Parser.OnEnd();
            }
        },
        iterations: 500);

    [Fact]
    public void A_client_that_always_uses_one_number_gets_its_own_answers()
    {
        var flow = new ParserFlow((c, b) => new ModbusParser(c, b), 502);
        flow.Says(M.Tcp(3, 1, M.Read(3, 0, 1)));
        flow.Says(M.Tcp(3, 1, M.Read(3, 8, 1)));
        flow.Replies(M.Tcp(3, 1, M.Registers(3, 6)));
        Assert.Equal((8, Timestamp.PerSecond), (flow.All<ModbusMessage>()[2].Address, flow.All<ModbusMessage>()[2].ResponseTime));
    }

    [Fact]
    public void Requests_that_nobody_answers_do_not_pile_up()
    {
        var flow = new ParserFlow((c, b) => new ModbusParser(c, b), 502);
        for (int i = 0; i < 3000; i++)
        {
            flow.At(1).Says(M.Tcp(i, 1, M.Read(3, 0, 1)));
        }

        Assert.Equal(IcsLimits.InFlight, flow.All<ModbusMessage>().Max(m => m.InFlight));
    }

    private static byte[] Frame(bool isRtu, string pdu) => isRtu ? M.Rtu(1, Hex.Bytes(pdu)) : M.Tcp(9, 1, Hex.Bytes(pdu));

    private static IReadOnlyList<ModbusMessage> Talk(string request, string response)
    {
        var flow = new ParserFlow((c, b) => new ModbusParser(c, b), 502);
        flow.Says(M.Tcp(1, 1, Hex.Bytes(request)));
        flow.Replies(M.Tcp(1, 1, Hex.Bytes(response)));
        return flow.All<ModbusMessage>();
    }
}
