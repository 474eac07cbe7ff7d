using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.WebSocket;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.WebSocket;

public sealed class WebSocketTests
{
    private const string Ask = "GET /chat HTTP/1.1\r\nHost: a.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    private const string Grant = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

    // RFC 6455, 5.7: "Hello" masked, and in two pieces unmasked.
    private static readonly byte[] s_masked = Hex.Bytes("81 85 37 fa 21 3d 7f 9f 4d 51 58");
    private static readonly byte[] s_pieces = Hex.Bytes("""
        01 03 48 65 6c   text begins: Hel
        89 00            a ping in between
        80 02 6c 6f      and ends: lo
        """);

    private static readonly byte[] s_close = Hex.Bytes("88 82 00 00 00 00 03 e8   status 1000");

    [Theory]
    [InlineData(1460)]
    [InlineData(1)]
    public void Messages_of_both_sides_are_counted(int segment)
    {
        WebSocketSession session = Assert.Single(Sessions(c => c.SegmentSize(segment).Says(Ask).Replies(Grant).Says(s_masked).Replies(s_pieces).Says(s_close).Closes()));
        Assert.Equal("192.0.2.5", session.Client.ToString());
        Assert.Equal(new WebSocketTotals { Texts = 1, Controls = 1, Bytes = 5 }, session.Sent);
        Assert.Equal(new WebSocketTotals { Texts = 1, Controls = 1, Bytes = 5 }, session.Received);
        Assert.Equal(("Hello", 1000, false), (session.Sample, session.CloseStatus, session.IsCompressed));
    }

    [Fact]
    public void Long_messages_are_passed_over_and_what_follows_is_read()
    {
        byte[] large = [0x82, 0x7E, 0x20, 0x00, .. new byte[0x2000]];
        WebSocketSession session = Assert.Single(Sessions(c => c.Says(Ask).Replies(Grant).Replies([.. large, .. Hex.Bytes("81 02 6f 6b")]).Closes()));
        Assert.Equal((1L, 1L, 8194L, "ok"), (session.Received.Binaries, session.Received.Texts, session.Received.Bytes, session.Sample));
    }

    [Fact]
    public void Compressed_text_is_no_sample()
    {
        WebSocketSession session = Assert.Single(Sessions(c => c.Says(Ask).Replies(Grant).Replies(Hex.Bytes("c1 07 f2 48 cd c9 c9 07 00")).Closes()));
        Assert.True(session.IsCompressed);
        Assert.Null(session.Sample);
    }

    [Fact]
    public void It_needs_an_upgrade()
    {
        Assert.Empty(Sessions(c => c.Says(s_masked).Replies(s_pieces).Closes()));
        Assert.Empty(Sessions(c => c.Says(Ask).Replies("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").Says(s_masked).Closes()));
    }

    [Theory]
    [InlineData("83 00   an opcode that is reserved")]
    [InlineData("89 7e 00 80   a ping longer than 125 bytes")]
    [InlineData("09 00   a ping in pieces")]
    [InlineData("82 7f ff ff ff ff ff ff ff ff   a length that is negative")]
    public void Broken_headers_end_the_flow_cleanly(string bytes)
        => Assert.Empty(Run(c => c.Says(Ask).Replies(Grant).Replies(Hex.Bytes(bytes)).Closes()).Problems);

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Select(Gen.Byte.Array[0, 80], Gen.Byte.Array[0, 80], Gen.Int[1, 30]).Always(
            (sent, received, segment) => Assert.Empty(Run(c => c.SegmentSize(segment).Says(Ask).Replies(Grant).Says([.. s_masked, .. sent]).Replies([.. s_pieces, .. received]).Closes()).Problems), iterations: 100);

    private static List<WebSocketSession> Sessions(Action<TcpConversation> talk) => Analysis.Records<WebSocketSession>(Talk(talk).ToPcap());

    private static RunOutcome Run(Action<TcpConversation> talk) => Analysis.Of(Talk(talk).ToPcap(), modules: new HashSet<string> { "http" });

    private static CaptureBuilder Talk(Action<TcpConversation> talk) => Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:80", talk);
}
