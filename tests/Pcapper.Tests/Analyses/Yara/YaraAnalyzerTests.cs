using System.Globalization;
using System.Text;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Yara;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Analyses.Yara;

/// <summary>Rules on files and streams, with a rule that looks for one word.</summary>
public sealed class YaraAnalyzerTests
{
    private static readonly HashSet<string> s_modules = ["yara", "overview"];

    private static readonly Gen<ContentMatch> s_match =
        from frame in Gen.Int[1, 500]
        from rule in Gen.Int[1, 5]
        from client in Gen.Int[1, 4]
        from hash in Gen.OneOf("aa", "bb", null)
        from isFile in Gen.Bool
        select Match(frame, $"r{rule}", new FlowId(new FlowKey(IpAddress.Parse($"10.0.0.{client}"), 49152, IpAddress.Parse("203.0.113.9"), 80, IpProtocol.Tcp, default), new FrameRef(0, 1)), isFile, hash);

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<YaraAnalyzer, ContentMatch>(s_match);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1460)]
    public void A_word_is_found_wherever_it_stands_whatever_the_segments(int segment)
    {
        foreach (int at in (int[])[0, 5000, Limits.ScannedStream - 3, Limits.ScannedStream, Limits.ScannedStream - Limits.ScanOverlap, (2 * Limits.ScannedStream) + 17])
        {
            byte[] sent = [.. new byte[at], .. "evil"u8, .. new byte[100]];
            RunOutcome outcome = Run(t => t.SegmentSize(segment).Says(sent));
            Finding finding = Assert.Single(outcome.Findings);
            Assert.Equal("rule matches 1 stream: $w at " + at.ToString("N0", CultureInfo.InvariantCulture), finding.Summary);
            Assert.Equal(4 + (at / segment), Assert.Single(finding.Evidence).Number);
        }
    }

    [Fact]
    public void Missing_bytes_are_not_bridged()
    {
        Assert.Empty(Run(t => t.Says("ev").Lost(4).Says("il")).Findings);
        Assert.Contains("$w at 1,002", Assert.Single(Run(t => t.Says("ev").Lost(1000).Says("evil")).Findings).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_matches_is_told_as_a_file_and_not_as_its_stream_too()
    {
        RunOutcome outcome = Run(t => t.Says("GET /a/tool.bin HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nMZ evil!!").Closes());
        Finding finding = Assert.Single(outcome.Findings);
        Assert.Equal(("203.0.113.9 > 10.0.0.5: rule", "rule matches file tool.bin: $w at 3", Severity.High), (finding.Subject, finding.Summary, finding.Severity));
        Assert.Equal(IndicatorKind.Sha256, Assert.Single(outcome.Indicators).Kind);
    }

    [Fact]
    public void What_is_compressed_in_the_stream_is_found_in_the_file()
    {
        var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ev evi evil ", 50))));
        }

        byte[] body = packed.ToArray();
        RunOutcome outcome = Run(t => t.Says("GET /x HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n").Replies(body).Closes());
        Assert.Contains("$w at 7", Assert.Single(outcome.Findings).Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("severity", "critical", Severity.Critical)]
    [InlineData("Threat_Level", "Low", Severity.Low)]
    [InlineData("severity", "3", Severity.Medium)]
    [InlineData("score", "80", Severity.High)]
    [InlineData("score", "10", Severity.Low)]
    [InlineData("author", "me", Severity.Medium)]
    public void The_author_says_how_grave_it_is(string name, string value, Severity expected)
    {
        var use = new RuleUse();
        use.Meta.Add($"{name} = {value}");
        Assert.Equal(expected, YaraFindings.SeverityOf(use));
    }

    private static RunOutcome Run(Action<TcpConversation> talk)
    {
        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "203.0.113.9:80", talk).ToPcap();
        return Engine.Run.Analyze(
            [new CaptureSource("test.pcap", capture.Length, index => CaptureFile.Open(new MemoryStream(capture), index))], new Modules.Catalog(), new RunOptions { Modules = s_modules, Scanner = new Word() });
    }

    private static ContentMatch Match(int frame, string rule, FlowId flow, bool isFile, string? hash) => new()
    {
        Flow = flow,
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
        Direction = Direction.ToOriginator,
        Hit = new RuleHit(rule, ["t"], [("n", "v")], [new StringHit("$a", frame, 3)]),
        File = !isFile ? null : new FileTransfer
        {
            Flow = flow,
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_700_000_000 + frame),
            Id = $"F{frame}",
            Protocol = "http",
            Direction = Direction.ToOriginator,
            SeenBytes = 1,
            IsComplete = true,
            Sha256 = hash,
        },
    };

    private sealed class Word : IContentScanner
    {
        public IReadOnlyList<RuleHit> Scan(ReadOnlySpan<byte> content)
            => content.IndexOf("evil"u8) is >= 0 and var at ? [new RuleHit("rule", ["tag"], [("severity", "high")], [new StringHit("$w", at, 4)])] : [];
    }
}
