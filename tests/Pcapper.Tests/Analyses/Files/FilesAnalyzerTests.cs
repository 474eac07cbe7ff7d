using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Files;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Analyses.Files;

public sealed class FilesAnalyzerTests
{
    private static readonly Gen<FileTransfer> s_file =
        from client in Gen.Int[1, 4]
        from frame in Gen.Int[1, 60]
        from name in Gen.OneOf("a.exe", "b.txt", "c.pdf.exe", null)
        from type in Gen.OneOf("text/plain", "image/png", null)
        from hash in Gen.OneOf("aa", "bb", null)
        from protocol in Gen.OneOf("http", "smb")
        from head in Gen.Int[0, 2].Select(i => i == 0 ? Heads.Pe() : i == 1 ? Heads.Zip(1, ("a.exe", "x")) : [])
        select new FileTransfer
        {
            Flow = new FlowId(new FlowKey(IpAddress.Parse($"10.0.0.{client}"), 49152, IpAddress.Parse("10.0.1.1"), 80, IpProtocol.Tcp, default), new FrameRef(0, 1)),
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_700_000_000 + frame),
            Id = $"F{frame}",
            Protocol = protocol,
            Direction = Direction.ToOriginator,
            Name = name,
            SniffedType = type,
            SeenBytes = frame,
            MissingBytes = hash is null ? 5 : 0,
            IsComplete = hash is not null,
            Sha256 = hash,
            Head = head,
        };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<FilesAnalyzer, FileTransfer>(s_file);

    [Fact]
    public void One_content_under_several_names_is_told()
    {
        byte[] capture = Capture.New()
            .Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp => tcp.Says("GET /a.exe HTTP/1.1\r\nHost: x.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nMZab").Closes())
            .Tcp("10.0.0.6:49152", "10.0.0.9:80", tcp => tcp.Says("GET /b.jpg HTTP/1.1\r\nHost: x.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nMZab").Closes())
            .ToPcap();
        RunOutcome outcome = Analysis.Of(capture, modules: new HashSet<string> { "files" });
        Section section = Assert.Single(outcome.Sections);
        Assert.Equal("2 files, all complete, 1 different content", section.Lead);
        Table copies = section.Blocks.OfType<Table>().Single(t => t.Id == "files.copies");
        Assert.Equal(["a.exe", "b.jpg"], Assert.Single(copies.Rows)[4].Strings);
        Assert.Equal(["10.0.0.5", "10.0.0.6"], copies.Rows[0][6].Strings);
        for (int workers = 2; workers < 8; workers++)
        {
            Assert.Equal(Analysis.Json(outcome), Analysis.Json(Analysis.Of(capture, workers, new HashSet<string> { "files" })));
        }
    }

    [Fact]
    public void What_is_not_whole_is_said_plainly()
    {
        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp => tcp
            .Says("GET /a.exe HTTP/1.1\r\nHost: x.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nMZab").Closes()).ToPcap();
        Section section = Assert.Single(Analysis.Of(capture, modules: new HashSet<string> { "files" }).Sections);
        Assert.Equal("1 file, of which 1 not seen whole; 0 different contents", section.Lead);
        Assert.Contains(section.Blocks.OfType<NoteBlock>(), n => n.Text.Contains("no hashes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_poses_as_a_picture_is_found_where_http_does_not_judge_it()
    {
        byte[] program = Heads.Pe();
        byte[] capture = Capture.New()
            .Udp("10.0.0.5:49152", "10.0.0.9:69", udp => udp.Says([0, 1, .. "photo.jpg\0octet\0"u8]))
            .Udp("10.0.0.9:50000", "10.0.0.5:49152", udp => udp.Says([0, 3, 0, 1, .. program.AsSpan(0, 512)]).Replies([0, 4, 0, 1]).Says([0, 3, 0, 2, .. program.AsSpan(512, 511)]).Replies([0, 4, 0, 2]))
            .ToPcap();
        RunOutcome outcome = Analysis.Of(capture, modules: new HashSet<string> { "files" });
        Finding finding = Assert.Single(outcome.Findings);
        Assert.Equal("files.disguised", finding.Type.Id);
        Assert.Equal("10.0.0.9 > 10.0.0.5", finding.Subject);
        Assert.Contains("I386 program", outcome.Sections[0].Blocks.OfType<Table>().Single(t => t.Id == "files.notable").Rows[0][7].String, StringComparison.Ordinal);
    }

    [Fact]
    public void A_web_server_that_disguises_a_program_is_found_once()
    {
        byte[] capture = Capture.New()
            .Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp => tcp.Says("GET /b.jpg HTTP/1.1\r\nHost: x.example\r\n\r\n")
                .Replies([.. "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 1024\r\n\r\n"u8, .. Heads.Pe()]).Closes())
            .ToPcap();
        Assert.Single(Analysis.Of(capture, modules: new HashSet<string> { "files", "http" }).Findings, f => f.Type.Id is "files.disguised" or "http.disguised-executable");
    }
}
