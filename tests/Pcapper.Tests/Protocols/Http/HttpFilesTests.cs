using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Pcapper.Engine;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Http;

/// <summary>Bodies of HTTP as files.</summary>
public sealed class HttpFilesTests
{
    private static readonly byte[] s_page = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"line {i}\n")));

    [Fact]
    public void A_download_has_name_place_type_and_hashes()
    {
        FileTransfer file = Assert.Single(Download("Content-Length: 8\r\nContent-Type: Application/PDF; a=b\r\n", "%PDF-1.7"u8.ToArray()));
        Assert.Equal(("report.pdf", "http://www.example/a/report.pdf?x=1", "application/pdf", "application/pdf"), (file.Name, file.Location, file.DeclaredType, file.SniffedType));
        Assert.Equal((8L, 8L, 0L, true, Hash("%PDF-1.7"u8)), (file.SeenBytes, file.TotalBytes, file.MissingBytes, file.IsComplete, file.Sha256));
        Assert.Equal(("http", Direction.ToOriginator, "%PDF-1.7"), (file.Protocol, file.Direction, Encoding.ASCII.GetString(file.Head.Span)));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("raw")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("GZIP , identity")]
    public void Encodings_are_undone(string encoding)
    {
        byte[] body = encoding.Split(',').Aggregate(s_page, (bytes, layer) => Encode(bytes, layer.Trim().ToLowerInvariant()));
        string name = encoding == "raw" ? "deflate" : encoding;
        FileTransfer file = Assert.Single(Download($"Content-Encoding: {name}\r\nContent-Length: {body.Length}\r\n", body));
        Assert.Equal((Hash(s_page), s_page.Length, true), (file.Sha256, (int)file.SeenBytes, file.IsComplete));
    }

    [Fact]
    public void Chunks_are_joined_before_encodings_are_undone()
    {
        byte[] body = Encode(s_page, "gzip");
        byte[] chunked = [.. body.Chunk(1000).SelectMany(piece => (byte[])[.. Hex.Text($"{piece.Length:x}\r\n"), .. piece, .. "\r\n"u8]), .. "0\r\n\r\n"u8];
        FileTransfer file = Assert.Single(Download("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunked));
        Assert.Equal((Hash(s_page), true), (file.Sha256, file.IsComplete));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("sdch")]
    public void A_body_that_is_not_encoded_as_it_says_is_taken_as_it_is(string encoding)
        => Assert.Equal(Hash("plain text"u8), Assert.Single(Download($"Content-Encoding: {encoding}\r\nContent-Length: 10\r\n", "plain text"u8.ToArray())).Sha256);

    [Fact]
    public void A_damaged_encoding_gives_what_came_before_and_no_hash()
    {
        byte[] body = Encode(RandomNumberGenerator.GetBytes(50_000), "gzip")[..30_000];
        FileTransfer file = Assert.Single(Download($"Content-Encoding: gzip\r\nContent-Length: {body.Length}\r\n", body));
        Assert.InRange(file.SeenBytes, 20_000, 30_100);
        Assert.Equal((false, null), (file.IsComplete, file.Sha256));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public void A_bomb_is_cut(string encoding)
    {
        byte[] body = Encode(new byte[64 * 1024 * 1024], encoding);
        FileTransfer file = Assert.Single(Download($"Content-Encoding: {encoding}\r\nContent-Length: {body.Length}\r\n", body));
        Assert.InRange(file.SeenBytes, 1, Math.Max(64 * 1024, (long)body.Length * Limits.DecodedRatio));
        Assert.Equal((false, null), (file.IsComplete, file.Sha256));
    }

    [Fact]
    public void A_body_has_a_greatest_size_whatever_its_ratio()
    {
        Assert.True(Limits.DecodedBody <= 256 * 1024 * 1024);
        Assert.Equal(3, Limits.ContentEncodings);
        byte[] body = Enumerable.Repeat("gzip", 4).Aggregate(s_page, (bytes, layer) => Encode(bytes, layer));
        Assert.Equal(Hash(body), Assert.Single(Download($"Content-Encoding: gzip, gzip, gzip, gzip\r\nContent-Length: {body.Length}\r\n", body)).Sha256);
    }

    [Fact]
    public void A_hole_makes_a_file_incomplete()
    {
        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp => tcp
            .Says("GET /a.bin HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n").Replies(new byte[1000])
            .Replies(new byte[500]).Lost(500).Replies(new byte[1500]).Closes()).ToPcap();
        FileTransfer file = Assert.Single(Analysis.Records<FileTransfer>(capture));
        Assert.Equal((2500L, 500L, 3000L, false, null), (file.SeenBytes, file.MissingBytes, file.TotalBytes, file.IsComplete, file.Sha256));
    }

    [Fact]
    public void Ranges_of_one_resource_are_joined_in_any_order()
    {
        byte[] whole = RandomNumberGenerator.GetBytes(5000);
        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp =>
        {
            foreach ((int from, int to) in ((int, int)[])[(2000, 2999), (0, 1999), (3000, 4999)])
            {
                tcp.Says($"GET /a.bin HTTP/1.1\r\nHost: www.example\r\nRange: bytes={from}-{to}\r\n\r\n");
                tcp.Replies($"HTTP/1.1 206 Partial Content\r\nETag: \"1\"\r\nContent-Range: bytes {from}-{to}/5000\r\nContent-Length: {to - from + 1}\r\n\r\n").Replies(whole[from..(to + 1)]);
            }

            tcp.Closes();
        }).ToPcap();
        FileTransfer file = Assert.Single(Analysis.Records<FileTransfer>(capture));
        Assert.Equal(("a.bin", Hash(whole), 5000L, true), (file.Name, file.Sha256, file.TotalBytes, file.IsComplete));
    }

    [Fact]
    public void A_range_alone_is_a_file_with_holes()
    {
        FileTransfer file = Assert.Single(Download("Content-Range: bytes 100-109/200\r\nContent-Length: 10\r\n", new byte[10], "206 Partial Content"));
        Assert.Equal((10L, 190L, 200L, false), (file.SeenBytes, file.MissingBytes, file.TotalBytes, file.IsComplete));
    }

    [Fact]
    public void Parts_of_a_form_with_file_names_are_files_of_their_own()
    {
        const string Form = "--b1\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nbob\r\n--b1\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n"
            + "Content-Type: text/plain\r\n\r\nhello\r\n--not the end\r\n--b1\r\nContent-Disposition: form-data; name=\"g\"; filename=\"b.bin\"\r\n\r\n\r\n--b1--\r\nepilogue";
        foreach (int size in (int[])[1, 7, 50, 1460])
        {
            byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp => tcp.SegmentSize(size)
                .Says($"POST /up HTTP/1.1\r\nHost: www.example\r\nContent-Type: multipart/form-data; boundary=b1\r\nContent-Length: {Form.Length}\r\n\r\n{Form}")
                .Replies("HTTP/1.1 204 No Content\r\n\r\n").Closes()).ToPcap();
            List<FileTransfer> files = Analysis.Records<FileTransfer>(capture);
            Assert.Equal([("a.txt", "text/plain", Hash("hello\r\n--not the end"u8)), ("b.bin", null, Hash(default)), ("up", "multipart/form-data", Hash(Hex.Text(Form)))],
                files.Select(f => (f.Name!, f.DeclaredType, f.Sha256!)).OrderBy(f => f.Item1, StringComparer.Ordinal));
            Assert.All(files, f => Assert.True(f.IsComplete && f.Direction == Direction.ToResponder));
        }
    }

    [Fact]
    public void Uploads_by_PUT_have_the_name_of_their_target()
    {
        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp => tcp
            .Says("PUT /dav/notes.txt HTTP/1.1\r\nHost: www.example\r\nContent-Length: 5\r\n\r\nhello").Replies("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n").Closes()).ToPcap();
        FileTransfer file = Assert.Single(Analysis.Records<FileTransfer>(capture));
        Assert.Equal(("notes.txt", Direction.ToResponder, Hash("hello"u8)), (file.Name, file.Direction, file.Sha256));
    }

    [Fact]
    public void A_body_that_lasts_until_the_close_is_complete_with_it()
    {
        byte[] Until(bool closes) => Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp =>
        {
            tcp.Says("GET / HTTP/1.0\r\n\r\n").Replies("HTTP/1.0 200 OK\r\n\r\nhello");
            if (closes)
            {
                tcp.Closes();
            }
        }).ToPcap();
        Assert.Equal(Hash("hello"u8), Assert.Single(Analysis.Records<FileTransfer>(Until(closes: true))).Sha256);
        Assert.False(Assert.Single(Analysis.Records<FileTransfer>(Until(closes: false))).IsComplete);
    }

    private static List<FileTransfer> Download(string fields, byte[] body, string status = "200 OK")
        => Analysis.Records<FileTransfer>(Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp => tcp
            .Says("GET /a/report.pdf?x=1 HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies($"HTTP/1.1 {status}\r\n{fields}\r\n").Replies(body).Closes()).ToPcap());

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Encode(byte[] bytes, string encoding)
    {
        var output = new MemoryStream();
        using (Stream? encoder = encoding switch
        {
            "gzip" or "x-gzip" => new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true),
            "raw" => new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(output, CompressionLevel.Optimal, leaveOpen: true),
            "zstd" => new ZstdSharp.CompressionStream(output, leaveOpen: true),
            _ => null,
        })
        {
            (encoder ?? output).Write(bytes);
        }

        return output.ToArray();
    }
}
