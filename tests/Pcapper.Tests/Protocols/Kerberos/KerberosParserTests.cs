using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Protocols.Kerberos.KerberosBytes;

namespace Pcapper.Tests.Protocols.Kerberos;

public sealed class KerberosParserTests
{
    private static readonly byte[] s_error = Hex.Bytes("""
        7e 3e                               KRB-ERROR
        30 3c
        a0 03 02 01 05                      version 5
        a1 03 02 01 1e                      type 30
        a4 11 18 0f 3230323630313031303030303030 5a   stime 2026-01-01 00:00:00
        a5 03 02 01 00                      susec 0
        a6 03 02 01 25                      code 37: clock skew
        a9 03 1b 01 52                      realm R
        aa 0e 30 0c a0 03 02 01 02 a1 05 30 03 1b 01 73   service s
        """);

    private static ParserFlow Udp => new((f, b) => new KerberosParser(f, b), 88, IpProtocol.Udp);

    private static ParserFlow Tcp => new((f, b) => new KerberosParser(f, b), 88);

    [Fact]
    public void An_error_says_what_and_about_whom()
    {
        ParserFlow flow = Udp;
        Assert.Equal(ParseResult.Done(s_error.Length), flow.Replies(s_error));
        KerberosExchange exchange = flow.Only<KerberosExchange>();
        Assert.Null(exchange.Type);
        Assert.Equal(37, exchange.Error);
        Assert.Equal("s", exchange.Service);
        Assert.Equal(1_767_225_600, exchange.Reply!.ServerTime);
        Assert.Equal("10.0.0.5", exchange.Client.ToString());
    }

    [Fact]
    public void A_login_is_one_exchange_with_names_options_and_ciphers()
    {
        ParserFlow flow = Udp;
        flow.Says(AsRequest("alice", [18, 17, 23, -133], EncryptedTimestamp(18), Padata(128, Sequence(Context(0, [1, 1, 0xFF])))));
        flow.Replies(Reply(11, "alice", "krbtgt/EXAMPLE.COM", 18, 17));
        KerberosExchange exchange = flow.Only<KerberosExchange>();
        Assert.Equal((KerberosMessageType.AsRequest, "alice/EXAMPLE.COM", "krbtgt/EXAMPLE.COM", true), (exchange.Type, exchange.Principal, exchange.Service, exchange.IsIssued));
        KerberosRequest request = exchange.Request!;
        Assert.Equal([18, 17, 23, -133], request.Encryptions);
        Assert.Equal(0x4081_0010u, request.Options);
        Assert.Equal([2, 128], request.PreAuthentication);
        Assert.True(request.WantsPac);
        Assert.True(request.IsPreAuthenticated);
        Assert.Equal(2_136_422_885, request.Till);
        Assert.Equal((18, 2L, 3), (request.EncryptedTimestamp!.Encryption, request.EncryptedTimestamp.Version!.Value, request.EncryptedTimestamp.Length));
        Assert.Equal([0xAA, 0xBB, 0xCC], request.EncryptedTimestamp.Bytes.ToArray());
        Assert.Equal((18, 17), (exchange.Reply!.Ticket!.Cipher.Encryption, exchange.Reply.EncryptedPart!.Encryption));
        Assert.Equal([0xDD, 0xEE], exchange.Reply.EncryptedPart.Bytes.ToArray());
    }

    [Fact]
    public void A_ticket_for_a_service_in_a_users_name_says_for_whom()
    {
        byte[] forUser = Sequence(Context(0, Name("bob")), Context(1, Text("OTHER")), Context(2, Cipher(1)), Context(3, Text("Kerberos")));
        ParserFlow flow = Tcp;
        byte[] request = Stream(TgsRequest("web$", [18], 18, Padata(129, forUser), Padata(167, Sequence(Context(0, Flags(0x1000_0000))))));
        Assert.Equal(ParseResult.Done(request.Length), flow.Says(request));
        flow.Replies(Stream(Reply(13, "bob", "web$", 23, 18)));
        KerberosExchange exchange = flow.Only<KerberosExchange>();
        Assert.Equal(("bob", "OTHER", 0x1000_0000u), (exchange.Request!.ForUser, exchange.Request.ForUserRealm, exchange.Request.PacOptions!.Value));
        Assert.Equal("krbtgt/EXAMPLE.COM", exchange.Request.Ticket!.Service);
        Assert.Equal("bob/EXAMPLE.COM", exchange.Principal);
        Assert.False(exchange.Request.IsProxied);
    }

    [Fact]
    public void The_data_of_an_error_gives_salts_or_a_status()
    {
        ParserFlow flow = Udp;
        byte[] salts = Sequence(Sequence(Context(0, Number(18)), Context(1, Text("EXAMPLE.COMalice"))), Sequence(Context(0, Number(23))));
        flow.Replies(Error(25, data: Sequence(Padata(19, salts), Padata(2, []))));
        flow.Replies(Error(18, data: Sequence(Context(1, Number(3)), Context(2, Octets(0x72, 0, 0, 0xC0, 0, 0, 0, 0, 1, 0, 0, 0)))));
        IReadOnlyList<KerberosExchange> exchanges = flow.All<KerberosExchange>();
        Assert.Equal([new KerberosSalt(18, "EXAMPLE.COMalice"), new KerberosSalt(23, null)], exchanges[0].Reply!.Salts);
        Assert.Equal([19, 2], exchanges[0].Reply!.PreAuthentication);
        Assert.Equal(0xC000_0072u, exchanges[1].Reply!.Status);
    }

    [Fact]
    public void A_repeated_request_counts_once_and_one_without_answer_is_stated_at_the_end()
    {
        ParserFlow flow = Udp;
        byte[] request = AsRequest("alice", [18]);
        flow.Says(request);
        flow.Says(request);
        flow.Replies(Error(6));
        flow.Says(AsRequest("robert", [18]));
        flow.Parser.OnEnd();
        Assert.Equal(["alice/EXAMPLE.COM", "robert/EXAMPLE.COM"], flow.All<KerberosExchange>().Select(e => e.Principal));
        Assert.Equal([6, null], flow.All<KerberosExchange>().Select(e => e.Error));
    }

    [Fact]
    public void A_reply_meets_the_request_with_its_names_though_others_were_lost()
    {
        ParserFlow flow = Udp;
        flow.Says(AsRequest("alice", [18], EncryptedTimestamp(18)));   // its reply is lost
        flow.Says(AsRequest("robert", [18], EncryptedTimestamp(18)));
        flow.Replies(Reply(11, "robert", "krbtgt/EXAMPLE.COM", 18, 18));
        flow.Says(TgsRequest("cifs/files", [18]));
        flow.Says(TgsRequest("cifs/backup", [18]));
        flow.Replies(Error(7, "cifs/backup"));
        flow.Replies(Reply(13, "robert", "cifs/files", 18, 18));
        flow.Parser.OnEnd();
        Assert.Equal(
            [("robert", "krbtgt/EXAMPLE.COM", true), (null, "cifs/backup", false), (null, "cifs/files", true), ("alice", "krbtgt/EXAMPLE.COM", false)],
            flow.All<KerberosExchange>().Select(e => (e.Request!.Client, e.Request.Service, e.IsIssued)));
    }

    [Fact]
    public void A_reply_with_another_name_meets_a_request_only_if_the_server_may_change_it()
    {
        ParserFlow flow = Udp;
        flow.Says(Request(10, "alice", "krbtgt/EXAMPLE.COM", [18], 0x4080_0010));
        flow.Replies(Reply(11, "robert", "krbtgt/EXAMPLE.COM", 18, 18));
        flow.Replies(Reply(11, "ALICE", "krbtgt/EXAMPLE.COM", 18, 18));
        Assert.Equal([null, "alice"], flow.All<KerberosExchange>().Select(e => e.Request?.Client));
        flow = Udp;
        flow.Says(AsRequest("alice@example.com", [18]));
        flow.Replies(Reply(11, "alice", "krbtgt/EXAMPLE.COM", 18, 18));
        Assert.NotNull(flow.Only<KerberosExchange>().Request);
    }

    [Fact]
    public void Nameless_errors_are_about_the_latest_datagram_and_the_first_request_of_a_stream()
    {
        foreach ((ParserFlow flow, bool isStream) in ((ParserFlow, bool)[])[(Udp, false), (Tcp, true)])
        {
            Func<byte[], byte[]> framed = isStream ? Stream : m => m;
            flow.Says(framed(AsRequest("alice", [18])));
            flow.Says(framed(AsRequest("robert", [18])));
            flow.Replies(framed(Error(6)));
            Assert.Equal(isStream ? "alice" : "robert", flow.Only<KerberosExchange>().Request!.Client);
        }
    }

    [Fact]
    public void A_change_of_password_is_told_by_its_frame()
    {
        ParserFlow flow = Udp;
        byte[] access = ApRequest("kadmin/changepw", 18);
        byte[] message = [0, (byte)(access.Length + 8), 0, 1, 0, (byte)access.Length, .. access, 0x75, 0];   // then KRB-PRIV
        Assert.Equal(Confidence.Certain, new KerberosProtocol().Probe(Direction.ToResponder, message));
        Assert.Equal(ParseResult.Done(message.Length), flow.Says(message));
        flow.Parser.OnEnd();
        KerberosExchange exchange = flow.Only<KerberosExchange>();
        Assert.True(exchange.Request!.IsPasswordChange);
        Assert.Equal(("kadmin/changepw", KerberosMessageType.ApRequest), (exchange.Service, exchange.Type));
    }

    [Fact]
    public void Every_prefix_asks_for_more_on_a_stream_and_is_survived_as_a_datagram()
    {
        byte[] message = AsRequest("alice", [18, 23], EncryptedTimestamp(18));
        byte[] stream = Stream(message);
        for (int length = 1; length < stream.Length; length++)
        {
            ParseResult result = Tcp.Says(stream.AsSpan(0, length));
            Assert.Equal(ParseStatus.NeedMore, result.Status);
            Assert.InRange(result.Bytes, length + 1, stream.Length);
        }

        for (int length = 0; length < message.Length; length++)
        {
            ParserFlow flow = Udp;
            flow.Says(message.AsSpan(0, length), missing: message.Length - length);
            Assert.NotEqual(Confidence.No, length == 0 ? Confidence.Undecided : new KerberosProtocol().Probe(Direction.ToResponder, message.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Changed_bytes_are_survived()
    {
        byte[][] messages = [s_error, AsRequest("alice", [18, 23], EncryptedTimestamp(18)), TgsRequest("HTTP/web", [23]), Reply(13, "a", "b/c", 23, 18), Error(25, data: Sequence(Padata(19, Sequence())))];
        Gen.Select(Gen.Int[0, messages.Length - 1], Gen.Int[0, 2000], Gen.Byte).Always(
            (which, at, value) =>
            {
                byte[] bytes = [.. messages[which]];
                bytes[at % bytes.Length] = value;
                ParserFlow flow = Udp;
                flow.Says(bytes);
                flow.Replies(bytes);
                flow.Parser.OnEnd();
            },
            iterations: 3000);
    }

    [Fact]
    public void It_is_found_on_any_port_and_other_things_on_its_port_are_not()
    {
        byte[] request = AsRequest("alice", [18]);
        List<FlowEnded> flows = Analysis.Records<FlowEnded>(Capture.New()
            .Udp("192.0.2.5:49152", "198.51.100.9:8888", u => u.Says(request))
            .Tcp("192.0.2.5:49153", "198.51.100.9:8889", t => t.SegmentSize(7).Says(Stream(request)))
            .Udp("192.0.2.5:49154", "198.51.100.9:88", u => u.Says([0x6A, 0x82, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]))
            .Tcp("192.0.2.5:49155", "198.51.100.9:88", t => t.Says("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).ToPcap());
        Assert.Equal(["kerberos", "kerberos", "", "http"], flows.OrderBy(f => f.Flow.OriginatorPort).Select(f => string.Join(',', f.Services)));
    }

    [Fact]
    public void A_token_that_another_protocol_carries_is_an_exchange_with_that_service()
    {
        KerberosTokens? tokens = null;
        var flow = new ParserFlow((f, b) => { tokens = new KerberosTokens(f, b, "smb"); return new KerberosParser(f, b); }, 445);
        tokens!.Take(Direction.ToResponder, ApRequest("cifs/files", 23), new FrameRef(0, 4), default);
        tokens.Take(Direction.ToOriginator, Error(37, "cifs/files"), new FrameRef(0, 5), default);
        tokens.Take(Direction.ToResponder, [1, 2, 3], new FrameRef(0, 6), default);
        tokens.End();
        KerberosExchange exchange = flow.Only<KerberosExchange>();
        Assert.Equal(("smb", "cifs/files", 37), (exchange.Carrier, exchange.Service, exchange.Error));
        Assert.Equal([0xCA, 0xFE], exchange.Request!.Ticket!.Cipher.Bytes.ToArray());
    }
}
