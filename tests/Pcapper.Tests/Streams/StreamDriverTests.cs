using Pcapper.Engine;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Streams;

/// <summary>Bytes that nobody understands hide nothing of what comes behind them, and cost no more than they are.</summary>
public sealed class StreamDriverTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

    [Theory]
    [InlineData("abc")]
    [InlineData("\r\n")]
    public void A_client_that_speaks_before_the_greeting_does_not_hide_the_protocol(string early)
        => Assert.Equal(["ftp"], Services(21, t => t.Says(early).Replies("220 ftp.example FTP server ready\r\n").Says("USER alice\r\n").Replies("331 Password required\r\n")));

    [Fact]
    public void A_capture_that_begins_inside_of_a_message_shows_the_next()
        => Assert.Equal(["http"], Services(4444, t => t.WithoutHandshake().Says([1, 2, 3, 4, 5]).Says(Request).Replies("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(15)]
    public void Noise_of_a_dialogue_hides_neither_side_for_longer_than_it_lasted(int exchanges)
    {
        Action<TcpConversation> noise = t => Repeat(exchanges, () => t.Says([1, 2, 3, 4]).Replies([9, 9, 9]));
        Assert.Equal(["http"], Services(4444, t =>
        {
            noise(t);
            Repeat(exchanges + 2, () => t.Says(Request));
        }));
        Assert.Equal(["http"], Services(4444, t =>
        {
            noise(t);
            Repeat(exchanges + 2, () => t.Replies("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        }));
    }

    [Fact]
    public void After_a_loss_that_a_parser_cannot_get_over_the_next_message_is_read()
    {
        List<CredentialSeen> seen = Analysis.Records<CredentialSeen>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:6379", t => t
            .Says("*1\r\n$4\r\nPING\r\n").Replies("+PONG\r\n")
            .Says("*1\r\n$4\r\nPI").Lost(4).Replies("+PONG\r\n")
            .Says("*2\r\n$4\r\nAUTH\r\n$6\r\nsecret\r\n").Replies("+OK\r\n")).ToPcap());
        Assert.Equal("secret", Assert.Single(seen).Secret?.Reveal());
    }

    [Fact]
    public void An_answer_meets_its_question_though_an_earlier_one_was_lost()
    {
        List<FlowEnded> flows = Analysis.Records<FlowEnded>(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:80", t => t
            .Says(Request).Replies("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            .Lost(40).Replies("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
            .Says(Request.Replace("GET /", "GET /second", StringComparison.Ordinal)).Replies("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")).ToPcap());
        Assert.Equal(["http"], Assert.Single(flows).Services);
    }

    [Fact]
    public void What_a_header_announces_is_not_reserved()
    {
        var side = new StreamSide { Needed = 1 << 20 };
        side.Append([1, 2, 3], new FrameRef(0, 1), default);
        Assert.InRange(side.Reserved, 3, 64);
        side.Clear();
    }

    [Fact]
    public void The_frame_of_each_byte_is_known_wherever_reading_goes_on()
    {
        var side = default(StreamSide);
        for (int i = 0; i < 10; i++)
        {
            side.Append([(byte)(2 * i), (byte)((2 * i) + 1)], new FrameRef(0, i + 1), default);
        }

        side.Consume(3);
        side.Append([20], new FrameRef(0, 11), default);
        var chunk = new StreamChunk { Bytes = side.Bytes, Pieces = side.Pieces, Origin = side.Origin, IsDatagram = false };
        Assert.Equal(Enumerable.Range(3, 18).Select(at => (at, (long)(at / 2) + 1)), Enumerable.Range(0, chunk.Bytes.Length).Select(at => FrameOf(side, at)));
        side.Clear();
    }

    [Fact]
    public void Bytes_that_wait_are_not_copied_again_with_each_that_comes()
    {
        // LDAP holds back what follows a request for TLS until it is answered.
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:389", t => t
            .Says(Hex.Bytes("30 1d 02 01 01 77 18 80 16")).Says("1.3.6.1.4.1.1466.20037").SegmentSize(1).Says(new byte[4000])).ToPcap();
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = Analysis.Of(capture);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000_000);
    }

    private static void Repeat(int count, Action act)
    {
        for (int i = 0; i < count; i++)
        {
            act();
        }
    }

    private static (int Value, long Frame) FrameOf(StreamSide side, int at)
    {
        var chunk = new StreamChunk { Bytes = side.Bytes, Pieces = side.Pieces, Origin = side.Origin, IsDatagram = false };
        return (chunk.Bytes[at], chunk.FrameAt(at).Number);
    }

    private static IReadOnlyList<string> Services(int port, Action<TcpConversation> conversation)
        => Assert.Single(Analysis.Records<FlowEnded>(Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{port}", conversation).ToPcap())).Services;
}
