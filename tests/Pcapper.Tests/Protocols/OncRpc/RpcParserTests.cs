using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Nfs;
using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Building.Hex;
using static Pcapper.Tests.Protocols.OncRpc.RpcBytes;

namespace Pcapper.Tests.Protocols.OncRpc;

public sealed class RpcParserTests
{
    private static readonly RpcProtocol s_protocol = new();

    [Fact]
    public void A_portmap_call_and_its_reply_are_one_transaction()
    {
        byte[] call = Bytes("""
            00 00 00 07                          XID
            00 00 00 00                          call
            00 00 00 02                          RPC version 2
            00 01 86 A0 00 00 00 02 00 00 00 03  portmap, version 2, GETPORT
            00 00 00 00 00 00 00 00              no credentials
            00 00 00 00 00 00 00 00              no verifier
            00 01 86 A3 00 00 00 03              NFS, version 3
            00 00 00 06 00 00 00 00              by TCP
            """);
        byte[] reply = Bytes("""
            00 00 00 07              XID
            00 00 00 01 00 00 00 00  reply, accepted
            00 00 00 00 00 00 00 00  no verifier
            00 00 00 00              success
            00 00 08 01              port 2049
            """);
        Assert.Equal(Confidence.Certain, s_protocol.Probe(Direction.ToResponder, call));
        Assert.Equal(Confidence.Plausible, s_protocol.Probe(Direction.ToOriginator, reply));
        var flow = new ParserFlow(s_protocol, port: 111);
        flow.Says(call);
        flow.Replies(reply);
        PortmapTransaction made = flow.Only<PortmapTransaction>();
        Assert.Equal(("GETPORT", (uint?)NfsProgram, "2049", RpcCredentials.None), (made.Name, made.Program, made.Address, made.Credentials.Flavor));
        Assert.Equal(Timestamp.PerSecond, made.ResponseTime);
    }

    [Fact]
    public void Credentials_tell_host_and_user()
    {
        var flow = new ParserFlow(s_protocol);
        flow.Says(Call(1, NfsProgram, 3, 0, []));
        flow.Replies(Reply(1, []));
        Assert.Equal("uid 1000 gid 100 on ws-anna", flow.Only<NfsTransaction>().Credentials.Text);
    }

    [Fact]
    public void Replies_find_their_calls_in_any_order_and_calls_without_one_are_stated_at_the_end()
    {
        var flow = new ParserFlow(s_protocol);
        flow.Says(Call(1, NfsProgram, 3, 1, Handle(1)));
        flow.Says(Call(2, NfsProgram, 3, 1, Handle(2)));
        flow.Says(Call(3, NfsProgram, 3, 1, Handle(3)));
        flow.Replies(Reply(3, U4(70)));
        flow.Replies(Reply(1, U4(0)));
        flow.Replies(Reply(9, U4(0)));
        flow.Parser.OnEnd();
        Assert.Equal([3u, 1, 2], flow.Records.OfType<NfsTransaction>().Select(t => t.Xid));
        Assert.Equal([70u, 0, null], flow.Records.OfType<NfsTransaction>().Select(t => t.Status));
    }

    [Fact]
    public void A_call_sent_again_counts_once()
    {
        var flow = new ParserFlow(s_protocol);
        flow.Says(Call(1, NfsProgram, 3, 1, Handle(1)));
        flow.Says(Call(1, NfsProgram, 3, 1, Handle(1)));
        flow.Parser.OnEnd();
        Assert.False(flow.Only<NfsTransaction>().IsAnswered);
    }

    [Fact]
    public void Another_call_with_the_number_of_an_open_one_is_another_call()
    {
        var flow = new ParserFlow(s_protocol);
        flow.Says(Call(1, NfsProgram, 3, 0, []));
        flow.Says(Call(1, NfsProgram, 3, 12, [.. Handle(1), .. Str("payroll.ods")]));
        flow.Says(Call(1, NfsProgram, 3, 12, [.. Handle(1), .. Str("report.txt")]));
        flow.Says(Call(1, NfsProgram, 3, 12, [.. Handle(1), .. Str("payroll.ods")]));   // sent again
        flow.Replies(Reply(1, []));
        flow.Replies(Reply(1, [.. U4(0), .. U4(0), .. U4(0)]));
        flow.Parser.OnEnd();
        Assert.Equal([(0u, true), (12, true), (12, false)], flow.All<NfsTransaction>().Select(t => (t.Procedure, t.IsAnswered)));
        Assert.Equal(0u, flow.All<NfsTransaction>()[1].Status);
        Assert.Equal(2, flow.All<AnomalySeen>().Count);
    }

    [Fact]
    public void Of_many_calls_with_one_number_the_first_are_given_up()
    {
        var flow = new ParserFlow(s_protocol);
        for (uint i = 0; i < 3000; i++)
        {
            flow.Says(Call(1, NfsProgram, 3, 12, [.. Handle(1), .. Str($"report{i}.txt")]));
        }

        Assert.Equal(2996, flow.All<NfsTransaction>().Count);
        flow.Parser.OnEnd();
        Assert.Equal(3000, flow.All<NfsTransaction>().Count);
    }

    [Fact]
    public void Nobody_answers_himself()
    {
        var flow = new ParserFlow(s_protocol);
        flow.Says(Call(1, NfsProgram, 3, 12, [.. Handle(1), .. Str("payroll.ods")]));
        flow.Says(Reply(1, [.. U4(0), .. U4(0), .. U4(0)]));
        Assert.Equal("reply from the side that called", flow.Only<AnomalySeen>().Rule);
        Assert.Empty(flow.All<NfsTransaction>());
        flow.Replies(Call(1, NfsProgram, 3, 0, []));   // a call back has numbers of its own
        flow.Says(Reply(1, []));
        flow.Replies(Reply(1, [.. U4(0), .. U4(0), .. U4(0)]));
        Assert.Equal([(Direction.ToOriginator, 0u), (Direction.ToResponder, 12u)], flow.All<NfsTransaction>().Select(t => (t.Direction, t.Procedure)));
    }

    [Fact]
    public void Refusals_are_told_from_errors()
    {
        var flow = new ParserFlow(s_protocol);
        flow.Says(Call(1, NfsProgram, 9, 1, []));
        flow.Replies(Reply(1, [.. U4(2), .. U4(4)], status: 2));
        flow.Says(Call(2, NfsProgram, 3, 1, Handle(1)));
        flow.Replies([.. U4(2), .. U4(1), .. U4(1), .. U4(1), .. U4(5)]);
        Assert.All(flow.Records.OfType<NfsTransaction>(), t => Assert.True(t.IsRefused));
        Assert.Equal(2, flow.Records.Count);
    }

    [Fact]
    public void More_calls_than_may_wait_give_up_the_oldest()
    {
        var flow = new ParserFlow(s_protocol);
        for (uint xid = 0; xid <= Limits.MessagesInFlight; xid++)
        {
            flow.Says(Call(xid, NfsProgram, 3, 1, Handle(1)));
        }

        Assert.Equal(0u, flow.Only<NfsTransaction>().Xid);
    }

    [Fact]
    public void Every_prefix_of_a_record_asks_for_more()
    {
        byte[] record = Marked(Call(1, NfsProgram, 3, 3, [.. Handle(1), .. Str("report.txt")]));
        for (int length = 0; length < record.Length; length++)
        {
            ParseResult result = new ParserFlow(s_protocol).Says(record.AsSpan(0, length), isDatagram: false);
            Assert.Equal(ParseStatus.NeedMore, result.Status);
            Assert.InRange(result.Bytes, length + 1, record.Length);
        }

        Assert.Equal(ParseResult.Done(record.Length), new ParserFlow(s_protocol).Says(record, isDatagram: false));
    }

    [Fact]
    public void Contents_longer_than_anybody_looks_at_are_passed_over_unseen()
    {
        const uint Length = 2_000_000;
        var flow = new ParserFlow(s_protocol);
        byte[] write = Marked([.. Call(1, NfsProgram, 3, 7, [.. Handle(1), .. U8(0), .. U4(Length), .. U4(2), .. U4(Length), .. new byte[Length]])]);
        Assert.Equal(ParseResult.Done(write.Length), flow.Says(write.AsSpan(0, 1448), isDatagram: false));
        flow.Says(Marked(Call(2, NfsProgram, 3, 6, [.. Handle(1), .. U8(0), .. U4(Length)])), isDatagram: false);
        byte[] read = Marked(Reply(2, [.. U4(0), .. U4(0), .. U4(Length), .. U4(1), .. U4(Length), .. new byte[Length]]));
        Assert.Equal(ParseResult.Done(read.Length), flow.Replies(read.AsSpan(0, 1448), isDatagram: false));
        Assert.Equal(Length, flow.Only<NfsTransaction>().ReadBytes);
        flow.Parser.OnEnd();
        Assert.Equal(Length, flow.Records.OfType<NfsTransaction>().Last().WrittenBytes);
    }

    [Fact]
    public void Fragments_of_a_record_are_put_together()
    {
        byte[] call = Call(1, NfsProgram, 3, 3, [.. Handle(1), .. Str("report.txt")]);
        var flow = new ParserFlow(s_protocol);
        flow.Says(Marked(call[..60], isLast: false), isDatagram: false);
        flow.Says(Marked(call[60..]), isDatagram: false);
        flow.Parser.OnEnd();
        Assert.Equal("report.txt", Assert.Single(flow.Only<NfsTransaction>().Operations).Path);
    }

    [Fact]
    public void Behind_a_gap_reading_goes_on_with_the_next_record()
    {
        var flow = new ParserFlow(s_protocol);
        Assert.True(flow.Parser.OnGap(Direction.ToResponder, 100));
        Assert.Equal(ParseResult.Done(50), flow.Says(Enumerable.Repeat((byte)0xAA, 50).ToArray(), isDatagram: false));
        flow.Says(Marked(Call(5, NfsProgram, 3, 1, Handle(1))), isDatagram: false);
        flow.Parser.OnEnd();
        Assert.Equal(5u, flow.Only<NfsTransaction>().Xid);
    }

    [Fact]
    public void The_length_that_an_address_says_it_has_counts_even_if_it_is_cut()
    {
        var flow = new ParserFlow(s_protocol, port: 111);
        flow.Says(Anonymous(1, PortmapProgram, 4, 3, [.. U4(100_021), .. U4(4), .. Str("tcp6"), .. Str(""), .. Str("")]));
        flow.Replies(Reply(1, Opaque([.. Enumerable.Repeat((byte)'1', 2000)])));
        PortmapTransaction made = flow.Only<PortmapTransaction>();
        Assert.Equal((2000u, true, 100_021u), (made.LongestText, made.IsLongestInReply, made.Program));
    }

    [Fact]
    public void Changed_bytes_and_any_bytes_are_survived()
    {
        byte[] call = Call(1, NfsProgram, 4, 1, [.. Str("tag"), .. U4(1), .. U4(3), .. U4(24), .. U4(15), .. Str("a"), .. U4(10)]);
        for (int i = 0; i < call.Length; i++)
        {
            byte[] changed = [.. call];
            changed[i] ^= 0xFF;
            var flow = new ParserFlow(s_protocol);
            flow.Says(changed);
            flow.Says(Marked(changed), isDatagram: false);
            flow.Parser.OnEnd();
        }

        Gen.Byte.Array[0, 300].Always(bytes =>
        {
            var flow = new ParserFlow(s_protocol);
            flow.Says(Call(1, NfsProgram, 4, 1, bytes));
            flow.Replies(Reply(1, bytes));
            flow.Says(Call(2, NfsProgram, 3, 17, Handle(1)));
            flow.Replies(Reply(2, [.. U4(0), .. bytes]));
            flow.Says(Call(3, MountProgram, 3, 5, bytes));
            flow.Replies(Reply(3, bytes));
            flow.Says(bytes);
            flow.Parser.OnEnd();
        });
    }

    [Fact]
    public void RPC_is_found_on_any_port_and_others_on_2049_are_not_it()
    {
        byte[] capture = Capture.New()
            .Tcp("10.0.0.5:900", "10.0.0.9:12345", t => t.Says(Marked(Call(1, NfsProgram, 3, 1, Handle(1)))).Replies(Marked(Reply(1, U4(0)))).Closes())
            .Tcp("10.0.0.5:901", "10.0.0.9:2049", t => t.Says(Text("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Replies(Text("HTTP/1.1 204 No\r\n\r\n")).Closes())
            .Udp("10.0.0.5:902", "10.0.0.9:2049", u => u.Says(Text("hello, is this a file server?"))).ToPcap();
        Assert.Equal((ushort)12345, Assert.Single(Analysis.Records<NfsTransaction>(capture)).Flow.ResponderPort);
    }

    [Fact]
    public void Random_datagrams_are_practically_never_claimed()
    {
        int claimed = 0;
        Gen.Byte.Array[1, 200].Always(bytes => claimed += s_protocol.Probe(Direction.ToResponder, bytes) >= Confidence.Plausible ? 1 : 0, iterations: 20_000);
        Assert.Equal(0, claimed);
    }
}
