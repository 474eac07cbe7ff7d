using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Pcapper.Tests.Building;
using Pcapper.Tests.CommandLine;
using Pcapper.Tests.Protocols.Smb;
using Xunit;

namespace Pcapper.Tests.Extraction;

/// <summary>Files made to fill memory or disk, met by the program as a whole, which has 160 MB of heap.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private const long Heap = 160_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_bomb_is_cut_and_told()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 300; i++)
            {
                gzip.Write(zeros);
            }
        }

        byte[] bomb = packed.ToArray();
        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp => tcp
            .Says("GET /bomb.bin HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n"))
            .Replies(bomb).Closes()).ToPcap();
        (string output, JsonElement file) = Extract(capture);
        Assert.Contains("encoded body that grows too large", output, StringComparison.Ordinal);
        Assert.False(file.GetProperty("complete").GetBoolean());
        Assert.InRange(file.GetProperty("size").GetInt64(), 1, (100L * bomb.Length) + (64 * 1024));
    }

    [Fact]
    public void A_sparse_upload_of_a_gigabyte_is_told_and_not_written()
    {
        const long Far = (1L << 30) - 4;
        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:445", c => c
            .Says(SmbBytes.Framed(SmbBytes.TreeRequest(1, @"\\srv\data"))).Replies(SmbBytes.Framed(SmbBytes.TreeResponse(1)))
            .Says(SmbBytes.Framed(SmbBytes.CreateRequest(2, "sparse.img"))).Replies(SmbBytes.Framed(SmbBytes.CreateResponse(2)))
            .Says(SmbBytes.Framed(SmbBytes.WriteRequest(3, 0, "head"u8.ToArray()))).Replies(SmbBytes.Framed(SmbBytes.WriteResponse(3)))
            .Says(SmbBytes.Framed(SmbBytes.WriteRequest(4, Far, "tail"u8.ToArray()))).Replies(SmbBytes.Framed(SmbBytes.WriteResponse(4)))
            .Says(SmbBytes.Framed(SmbBytes.CloseRequest(5))).Replies(SmbBytes.Framed(SmbBytes.CloseResponse(5))).Closes()).ToPcap();
        string file = Path.Combine(_folder, "capture.pcap");
        File.WriteAllBytes(file, capture);
        (int exit, string report, string error) = Cli.Within(Heap, file, "--files", "--extract", "*", "--extract-out", Path.Combine(_folder, "out"));
        Assert.Equal((0, "pcapper: no files found to extract\npcapper: 1 file left out of which next to nothing was seen (--view shows how they begin)\n"), (exit, error));
        Assert.Contains("sparse.img", report, StringComparison.Ordinal);
        Assert.Contains("1.0 GiB", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_attachments_are_looked_at_in_part_and_told()
    {
        const int Attachments = 1_000_000;
        var message = new StringBuilder("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n", 40 * Attachments);
        for (int i = 0; i < Attachments; i++)
        {
            message.Append("--x\nContent-Type:a/b;name=f\n\nz\n");
        }

        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:25", c => c
            .Replies("220 mx ESMTP\r\n").Says("EHLO me\r\n").Replies("250 mx\r\n").Says("MAIL FROM:<a@b.example>\r\n").Replies("250 ok\r\n").Says("RCPT TO:<c@d.example>\r\n").Replies("250 ok\r\n")
            .Says("DATA\r\n").Replies("354 go\r\n").Says(Encoding.ASCII.GetBytes(message.Append("--x--\r\n.\r\n").ToString())).Replies("250 taken\r\n").Closes()).ToPcap();
        (string output, _) = Extract(capture);
        Assert.Contains("mail with too many parts", output, StringComparison.Ordinal);
        Assert.InRange(Directory.EnumerateFiles(Path.Combine(_folder, "out")).Count(), 2, 1000);
    }

    private (string Report, JsonElement First) Extract(byte[] capture)
    {
        string file = Path.Combine(_folder, "capture.pcap");
        File.WriteAllBytes(file, capture);
        string output = Path.Combine(_folder, "out");
        (int exit, string report, string error) = Cli.Within(Heap, file, "--protocols", "--files", "--email", "-v", "--extract", "*", "--extract-out", output);
        Assert.True(exit == 0, error);
        File.Delete(file);
        return (report + error, JsonDocument.Parse(File.ReadLines(Path.Combine(output, "manifest.ndjson")).First()).RootElement);
    }
}
