using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Http2;

public sealed class Http2Tests
{
    private static readonly byte[] s_preface = Hex.Text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    private static readonly byte[] s_settings = Hex.Bytes("00 00 00 04 00 00 00 00 00   no settings");

    // RFC 7541, C.4: three requests with Huffman coding; the second and third refer to the table.
    private static readonly byte[][] s_requests =
    [
        Hex.Bytes("82 86 84 41 8c f1 e3 c2 e5 f2 3a 6b a0 ab 90 f4 ff"),
        Hex.Bytes("82 86 84 be 58 86 a8 eb 10 64 9c bf"),
        Hex.Bytes("82 87 85 bf 40 88 25 a8 49 e9 5b a9 7d 7f 89 25 a8 49 e9 5b b8 e8 b4 bf"),
    ];

    private static readonly byte[] s_ok = Hex.Bytes("88   :status 200");

    // A field of 3,900 bytes goes into the table; then one byte each repeats it.
    [Fact]
    public void Fields_that_compression_blows_up_are_kept_to_a_bound()
    {
        byte[] large = [.. s_requests[0], 0x40, 1, (byte)'a', 0x7F, 0xBD, 0x1D, .. Enumerable.Repeat((byte)'v', 3900)];
        byte[] bomb = [.. s_requests[0].AsSpan(0, 3), .. Enumerable.Repeat((byte)0xBE, 400)];
        void Talk(TcpConversation c) => c.Says([.. s_preface, .. s_settings, .. Headers(1, large), .. Headers(3, bomb)]).Replies([.. s_settings, .. Headers(1, s_ok), .. Headers(3, s_ok)]).Closes();
        List<HttpTransaction> all = Transactions(Talk);
        Assert.Equal(2, all.Count);
        Assert.All(all, t => Assert.InRange(t.Request!.Fields.Sum(f => f.Value.Length), 0, 64 * 1024));
        Assert.Contains(Analysis.Records<AnomalySeen>(Pcapper.Tests.Building.Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:4444", Talk).ToPcap()), a => a.Rule == "too many header fields");
    }

    [Fact]
    public void The_examples_of_the_specification_are_decoded()
    {
        List<HttpTransaction> all = Transactions(c => c
            .Says([.. s_preface, .. s_settings, .. Headers(1, s_requests[0]), .. Headers(3, s_requests[1]), .. Headers(5, s_requests[2])])
            .Replies([.. s_settings, .. Headers(1, s_ok), .. Headers(3, s_ok), .. Headers(5, s_ok)]).Closes());
        Assert.Equal(
            ["1 GET www.example.com / 200 2", "2 GET www.example.com / 200 2", "3 GET www.example.com /index.html 200 2"],
            all.OrderBy(t => t.Depth).Select(t => $"{t.Depth} {t.Request!.Method} {t.Host} {t.Request.Target} {t.Response!.Status} {t.Request.Version}"));
        Assert.Equal("no-cache", all[1].Request!.Field("cache-control"));
        Assert.Equal("custom-value", all[2].Request!.Field("custom-key"));
    }

    [Fact]
    public void Padding_priority_continuation_and_data_are_put_together()
    {
        byte[] padded = [.. Hex.Bytes("02 00 00 00 00 10   two bytes of padding, priority"), .. s_requests[0].AsSpan(0, 5), 0, 0];
        HttpTransaction t = Only(c => c
            .Says([.. s_preface, .. Frame(1, 0x29, 1, padded), .. Frame(9, 0x04, 1, s_requests[0].AsSpan(5))])
            .Replies([.. s_settings, .. Frame(1, 0x04, 1, s_ok), .. Frame(0, 0x08, 1, [3, .. "%PD"u8, 0, 0, 0]), .. Frame(0, 0x01, 1, "F-1.7"u8)]).Closes());
        Assert.Equal(("www.example.com", 8L, true, "application/pdf"), (t.Host, t.Response!.BodyBytes, t.Response.IsComplete, t.Response.SniffedType));
    }

    [Fact]
    public void A_body_is_a_file()
    {
        FileTransfer file = Assert.Single(Analysis.Records<FileTransfer>(Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", c => c.SegmentSize(20)
            .Says([.. s_preface, .. Headers(1, s_requests[0])])
            .Replies([.. s_settings, .. Frame(1, 0x04, 1, s_ok), .. Frame(0, 0x08, 1, [3, .. "%PD"u8, 0, 0, 0]), .. Frame(0, 0x01, 1, "F-1.7"u8)]).Closes()).ToPcap()));
        Assert.Equal(("http", "http://www.example.com/", "application/pdf", 8L, true), (file.Protocol, file.Location, file.SniffedType, file.SeenBytes, file.IsComplete));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("%PDF-1.7"u8)), file.Sha256);
    }

    [Fact]
    public void A_reset_stream_is_stated_as_far_as_it_came()
    {
        HttpTransaction t = Only(c => c.Says([.. s_preface, .. Headers(1, s_requests[0]), .. Frame(3, 0, 1, [0, 0, 0, 8])]).Replies([.. s_settings, .. Headers(1, s_ok)]).Closes());
        Assert.Null(t.Response);
    }

    [Fact]
    public void An_upgrade_pairs_stream_1_with_the_request_that_asked_for_it()
    {
        List<HttpTransaction> all = Transactions(c => c
            .Says("GET /up HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n")
            .Replies("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
            .Says([.. s_preface, .. s_settings]).Replies([.. s_settings, .. Headers(1, s_ok)]).Says(Headers(3, s_requests[0])).Replies(Headers(3, s_ok)).Closes());
        Assert.Equal(["1 /up 101", "2 /up 200", "3 / 200"], all.OrderBy(t => t.Depth).Select(t => $"{t.Depth} {t.Request!.Target} {t.Response!.Status}"));
    }

    [Fact]
    public void Segments_of_one_byte_give_the_same()
    {
        void Talk(TcpConversation c) => c.Says([.. s_preface, .. s_settings, .. Headers(1, s_requests[0])]).Replies([.. s_settings, .. Frame(1, 0x04, 1, s_ok), .. Frame(0, 1, 1, "hello"u8)]).Closes();
        HttpTransaction t = Only(c => Talk(c.SegmentSize(1)));
        Assert.Equal(("www.example.com", 200, 5L), (t.Host, t.Response!.Status, t.Response.BodyBytes));
    }

    [Fact]
    public void It_is_found_on_any_port_and_needs_its_preface()
    {
        Assert.Equal(["http2"], Services(c => c.Says([.. s_preface, .. s_settings]).Replies(s_settings).Closes()));
        Assert.Empty(Services(c => c.Says("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n").Closes()));
    }

    [Theory]
    [InlineData("00 00 03 01 05 00 00 00 01  be 00 00", "an index that the table does not have")]
    [InlineData("00 00 02 01 05 00 00 00 01  41 ff", "a text longer than its frame")]
    [InlineData("00 00 02 00 09 00 00 00 01  09 00", "padding longer than its frame")]
    [InlineData("00 00 01 09 04 00 00 00 01  82", "a continuation of nothing")]
    [InlineData("ff ff ff 01 05 00 00 00 01  82", "a header frame without end")]
    [InlineData("00 00 01 01 00 00 00 00 01  82 00 00 00 00 00 00 00 00 01", "a header block interrupted")]
    public void Broken_frames_end_the_flow_cleanly(string frame, string why)
    {
        byte[] bytes = Hex.Bytes(frame.Replace("  ", " ", StringComparison.Ordinal));
        RunOutcome outcome = Run(c => c.Says([.. s_preface, .. bytes]).Closes());
        Assert.True(outcome.Problems.Count == 0, why);
    }

    [Fact]
    public void Floods_of_streams_and_empty_continuations_are_bounded()
    {
        byte[] streams = [.. Enumerable.Range(0, 3000).SelectMany(i => Headers((uint)((2 * i) + 1), [0x82]))];
        Assert.Equal(3000, Transactions(c => c.Says([.. s_preface, .. streams]).Closes()).Count);
        byte[] empty = [.. Enumerable.Range(0, 5000).SelectMany(_ => Frame(9, 0, 1, []))];
        Assert.Empty(Run(c => c.Says([.. s_preface, .. Frame(1, 0, 1, [0x82]), .. empty]).Closes()).Problems);
    }

    [Fact]
    public void Any_bytes_and_any_flip_are_survived()
    {
        byte[] asked = [.. s_settings, .. Headers(1, s_requests[0]), .. Headers(3, s_requests[1])];
        byte[] answered = [.. s_settings, .. Frame(1, 0x04, 1, s_ok), .. Frame(0, 1, 1, "hello"u8)];
        Gen.Select(Gen.Int[0, asked.Length - 1], Gen.Int[0, answered.Length - 1], Gen.Byte, Gen.Byte.Array[0, 60]).Always(
            (inAsked, inAnswered, value, noise) =>
            {
                byte[] one = [.. asked];
                byte[] other = [.. answered];
                one[inAsked] ^= value;
                other[inAnswered] ^= value;
                Assert.Empty(Run(c => c.Says([.. s_preface, .. one, .. noise]).Replies([.. other, .. noise]).Closes()).Problems);
            },
            iterations: 200);
    }

    [Fact]
    public void A_table_that_shrinks_forgets_its_oldest_entries()
    {
        // Two literals are kept, the table is cut to nothing, and a reference to the first then fails: the second request is not stated.
        byte[] first = Hex.Bytes("82 40 01 61 01 62   a: b");
        byte[] second = Hex.Bytes("20 82 be   size 0, GET, entry 62");
        Assert.Single(Transactions(c => c.Says([.. s_preface, .. Headers(1, first), .. Headers(3, second)]).Closes()));
    }

    private static byte[] Headers(uint stream, byte[] block) => Frame(1, 0x05, stream, block);

    private static byte[] Frame(byte type, byte flags, uint stream, ReadOnlySpan<byte> payload)
        => [0, (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream, .. payload];

    private static CaptureBuilder Talk(Action<TcpConversation> talk) => Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:4444", talk);

    private static HttpTransaction Only(Action<TcpConversation> talk) => Assert.Single(Transactions(talk));

    private static List<HttpTransaction> Transactions(Action<TcpConversation> talk) => Analysis.Records<HttpTransaction>(Talk(talk).ToPcap());

    private static IReadOnlyList<string> Services(Action<TcpConversation> talk) => Assert.Single(Analysis.Records<FlowEnded>(Talk(talk).ToPcap())).Services;

    private static RunOutcome Run(Action<TcpConversation> talk) => Analysis.Of(Talk(talk).ToPcap(), modules: new HashSet<string> { "http" });
}
