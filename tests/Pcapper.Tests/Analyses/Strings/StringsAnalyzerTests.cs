using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Strings;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Analyses.Strings;

public sealed class StringsAnalyzerTests
{
    private static readonly HashSet<string> s_strings = ["strings"];

    private static readonly Gen<Action<RecordBus>> s_records = Gen.OneOf(
        Laws.Emit(Gen.Select(Gen.Int[1, 3], Gen.Int[0, 60], Gen.Long[1, 400], Gen.Bool, (host, text, frame, known) => new StringSeen
        {
            Flow = Flow(host),
            Frame = new FrameRef(0, frame),
            Time = new Timestamp(frame),
            Direction = text % 2 == 0 ? Direction.ToResponder : Direction.ToOriginator,
            Text = text % 3 == 0 ? $"see http://h{text}.example.com/ or ask a{text}@example.net" : $"text {text}",
            Encoding = (StringEncoding)(text % 3),
            Offset = text * 7,
            Protocol = known ? "http" : null,
        })),
        Laws.Emit(Gen.Select(Gen.Int[1, 3], Gen.Int[0, 5], Gen.Long[1, 400], Gen.Bool, (host, secret, frame, known) => new SecretSeen
        {
            Flow = Flow(host),
            Frame = new FrameRef(0, frame),
            Time = new Timestamp(frame),
            Direction = Direction.ToResponder,
            Kind = secret % 2 == 0 ? "AWS access key" : "password",
            Secret = Secret.From($"secret-{secret}")!,
            Offset = secret,
            Protocol = known ? "http" : null,
        })));

    [Fact]
    public void The_laws_hold() => Laws.Hold<StringsAnalyzer>(s_records);

    [Fact]
    public void Texts_are_shown_with_their_place()
    {
        Table table = Table(t => t.Says([1, 2, 3]).Says("the first words of a client\n").Replies("answered by the server\n"), "strings.strings");
        Assert.Equal(["answered by the server", "the first words of a client"], table.Rows.Select(r => r[0].String).Order(StringComparer.Ordinal));
        IReadOnlyList<Cell> first = table.Rows.Single(r => r[0].String.StartsWith("the first", StringComparison.Ordinal));
        Assert.Equal(("192.0.2.5", "198.51.100.9", "to responder", 3L), (first[3].String, first[4].String, first[5].String, first[6].Long));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(33)]
    [InlineData(1460)]
    public void Segments_change_nothing(int size)
    {
        var random = new Random(5);
        byte[] bytes = new byte[3000];
        random.NextBytes(bytes);
        byte[] said =
        [
            .. "A line of text, then bytes\n"u8, .. bytes[..900], .. "\nGrößenwahn für alle, überall\r\n"u8, 0xD0, 0x9F, .. "Привет, дорогие друзья\n"u8, 0xE2, 0x82,
            .. System.Text.Encoding.Unicode.GetBytes("wide words of Windows и по-русски"), 0, .. bytes[900..], .. "AKIAIOSFODNN7ABCDEFG "u8, .. new string('x', 3000).Select(c => (byte)c),
            .. System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 1500).Select(i => $"word{i} "))), .. "\nPASSWORD=hunter2\n"u8,
        ];
        Assert.Equal(Seen(said, said.Length), Seen(said, size));
        string all = string.Join('\n', Seen(said, size));
        Assert.All(["0 Ascii A line of text", "Utf8 Größenwahn für alle", "Привет, дорогие друзья", "Utf16 wide words of Windows и по-русски", "AWS access key AKIAIOSFODNN7ABCDEFG", "word200 word201", "password hunter2"],
            expected => Assert.Contains(expected, all, StringComparison.Ordinal));
    }

    [Fact]
    public void A_gap_ends_a_text()
    {
        Table table = Table(t => t.Says("words before the gap").Lost(5).Says("words behind the gap"), "strings.strings");
        Assert.Equal(["words before the gap", "words behind the gap"], table.Rows.Select(r => r[0].String).Order(StringComparer.Ordinal));
        Assert.Equal(25, table.Rows.Single(r => r[0].String.Contains("behind", StringComparison.Ordinal))[6].Long);
    }

    [Fact]
    public void Datagrams_stand_for_themselves()
    {
        RunOutcome outcome = Analysis.Of(Capture.New().Udp("192.0.2.5:4444", "198.51.100.9:5555", u => u.Says("one datagram "u8.ToArray()).Says("and another"u8.ToArray())).ToPcap(), modules: s_strings);
        Assert.Equal(["and another", "one datagram"], Find(outcome, "strings.strings").Rows.Select(r => r[0].String).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_a_megabyte_of_random_bytes_next_to_nothing_is_text()
    {
        byte[] bytes = new byte[1 << 20];
        new Random(7).NextBytes(bytes);
        Assert.InRange(Seen(bytes, 1460).Count, 0, 5);
    }

    [Fact]
    public void What_is_encrypted_is_passed_over()
    {
        RunOutcome outcome = Analysis.Of(Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:22", t => t
            .Replies("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n").Says("SSH-2.0-OpenSSH_8.4\r\n").Says("words that look like words in there")).ToPcap(), modules: s_strings);
        Assert.Contains("no text", outcome.Sections.Single(s => s.Module == "strings").Lead, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_and_links_are_found_and_code_is_not_taken_for_names()
    {
        RunOutcome outcome = Analysis.Of(Capture.New().Tcp("192.0.2.5:4444", "198.51.100.9:5555", t => t.Says(
            "get it at http://files.example.com/a.bin, ask root@mail.example.net or c2.example.org; System.IO main.py window.top jquery.min.js\n")).ToPcap(), modules: s_strings);
        Assert.Equal(["http://files.example.com/a.bin"], Values(outcome, "strings.urls"));
        Assert.Equal(["root@mail.example.net"], Values(outcome, "strings.mailboxes"));
        Assert.Equal(["c2.example.org", "files.example.com"], Values(outcome, "strings.hosts"));
    }

    [Fact]
    public void A_secret_becomes_a_finding_that_does_not_show_it()
    {
        const string Key = "AKIAIOSFODNN7ABCDEFG";
        byte[] capture = Capture.New().Tcp("192.0.2.5:4444", "198.51.100.9:5555", t => t.Says($"aws_access_key_id = {Key}\n")).ToPcap();
        RunOutcome outcome = Analysis.Of(capture, modules: s_strings);
        Finding finding = Assert.Single(outcome.Findings);
        Assert.Equal("strings.cloud-key", finding.Type.Id);
        Assert.DoesNotContain(Key, finding.Summary + finding.Subject, StringComparison.Ordinal);
        Assert.Equal([Key], Values(outcome, "strings.secrets", 1));
        Assert.Equal("ip.src == 192.0.2.5 && ip.dst == 198.51.100.9 && frame.number in {4}", finding.DisplayFilter);
    }

    [Fact]
    public void Redacted_a_secret_is_nowhere()
    {
        const string Key = "AKIAIOSFODNN7ABCDEFG";
        byte[] capture = Capture.New().Tcp("192.0.2.5:4444", "198.51.100.9:5555", t => t.Says($"aws_access_key_id = {Key} and http://a.example.com/?key={Key}\nPASSWORD=hunter42\n")).ToPcap();
        RunOutcome outcome = Run.Analyze(
            [new CaptureSource("test.pcap", capture.Length, index => CaptureFile.Open(new MemoryStream(capture), index))], new Pcapper.Modules.Catalog(),
            new RunOptions { Modules = s_strings, Redacts = true });
        string json = Analysis.Json(outcome);
        Assert.DoesNotContain(Key, json, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter42", json, StringComparison.Ordinal);
        Assert.Contains("***", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_can_be_wanted_alone()
    {
        byte[] capture = Capture.New().Tcp("192.0.2.5:4444", "198.51.100.9:5555", t => t.Says("words of a text\nPASSWORD=hunter42\n")).ToPcap();
        RunOutcome outcome = Run.Analyze(
            [new CaptureSource("test.pcap", capture.Length, index => CaptureFile.Open(new MemoryStream(capture), index))], new Pcapper.Modules.Catalog(),
            new RunOptions { Modules = s_strings, Strings = new StringsOptions { OnlySecrets = true } });
        Assert.Empty(Values(outcome, "strings.strings"));
        Assert.Equal("strings.password", Assert.Single(outcome.Findings).Type.Id);
    }

    [Fact]
    public void A_pattern_keeps_what_matches_and_nothing_else()
    {
        byte[] capture = Capture.New().Tcp("192.0.2.5:4444", "198.51.100.9:5555", t => t.Says("some words that do not match\n\u0001x9$Q!7z\u0001flag{abc}\n")).ToPcap();
        RunOutcome outcome = Run.Analyze(
            [new CaptureSource("test.pcap", capture.Length, index => CaptureFile.Open(new MemoryStream(capture), index))], new Pcapper.Modules.Catalog(),
            new RunOptions { Modules = s_strings, Strings = new StringsOptions { Match = new("^flag|x9", System.Text.RegularExpressions.RegexOptions.NonBacktracking) } });
        Assert.Equal(["flag{abc}", "x9$Q!7z"], Values(outcome, "strings.strings"));
    }

    private static FlowId Flow(int host) => new(new FlowKey(IpAddress.Parse($"192.0.2.{host}"), 1000, IpAddress.Parse("198.51.100.9"), 80, IpProtocol.Tcp, default), new FrameRef(0, host));

    private static List<string> Values(RunOutcome outcome, string table, int column = 0) => [.. Find(outcome, table).Rows.Select(r => r[column].String).Order(StringComparer.Ordinal)];

    private static Table Find(RunOutcome outcome, string id) => outcome.Sections.SelectMany(s => s.Blocks).OfType<Table>().Single(t => t.Id == id);

    private static Table Table(Action<TcpConversation> talk, string id)
        => Find(Analysis.Of(Capture.New().Tcp("192.0.2.5:4444", "198.51.100.9:5555", talk).ToPcap(), modules: s_strings), id);

    // All that is stated of the bytes, whatever the segments; the frame tells the segment.
    private static List<string> Seen(byte[] said, int size)
    {
        byte[] capture = Capture.New().Tcp("192.0.2.5:4444", "198.51.100.9:5555", t => t.WithoutAcknowledgments().SegmentSize(size).Says(said)).ToPcap();
        return
        [
            .. Analysis.Records<StringSeen>(capture).Select(s => $"{s.Offset} {s.Encoding} {s.Text}").Order(StringComparer.Ordinal),
            .. Analysis.Records<SecretSeen>(capture).Select(s => $"{s.Offset} {s.Kind} {s.Secret.Reveal()}").Order(StringComparer.Ordinal),
        ];
    }
}
