using Pcapper.Engine;
using Pcapper.Tests.Building;
using Pcapper.Tests.CommandLine;
using Pcapper.Yara;
using Xunit;

namespace Pcapper.Tests.Yara;

/// <summary>The real libyara, where it is installed.</summary>
public sealed class YaraRulesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rules_tell_tags_meta_strings_and_offsets()
    {
        NeedsLibrary();
        var problems = new List<RuleProblem>();
        YaraRules rules = YaraRules.Compile([Rule("a", "rule two : x y { meta: author = \"me\" score = 7 sure = true strings: $a = \"abc\" $b = { 64 65 ?? 67 } $c = \"none\" condition: any of them }\nrule other { condition: filesize == 3 }")], problems)!;
        Assert.Empty(problems);
        RuleHit hit = Assert.Single(rules.Scan("..abc.deXgabc"u8));
        Assert.Equal("a:two", hit.Rule);
        Assert.Equal(["x", "y"], hit.Tags);
        Assert.Equal([("author", "me"), ("score", "7"), ("sure", "true")], hit.Meta);
        Assert.Equal([new StringHit("$a", 2, 3), new StringHit("$b", 6, 4)], hit.Strings);
        Assert.Equal(["a:other", "a:two"], rules.Scan("abc"u8).Select(h => h.Rule));
        Assert.Empty(rules.Scan([]));
    }

    [Fact]
    public void Variables_of_file_scanners_and_modules_are_known()
    {
        NeedsLibrary();
        var problems = new List<RuleProblem>();
        YaraRules rules = YaraRules.Compile([Rule("a", "import \"pe\" import \"math\" import \"hash\"\nrule r { condition: not pe.is_pe and filename == \"\" and math.entropy(0, filesize) < 1 and hash.md5(0, 3) == \"47bce5c74f589f4867dbd57e9ca9f808\" }")], problems)!;
        Assert.Empty(problems);
        Assert.Equal("a:r", Assert.Single(rules.Scan("aaa"u8)).Rule);
    }

    [Fact]
    public void Files_with_errors_are_named_with_their_line_and_the_others_are_used()
    {
        NeedsLibrary();
        string bad = Rule("bad", "rule fine { condition: true }\nrule broken {\n condition: $x }");
        var problems = new List<RuleProblem>();
        YaraRules rules = YaraRules.Compile([Rule("a", "rule fine { condition: true }"), bad, Rule("b", "rule fine { condition: true }")], problems)!;
        Assert.Equal((bad, 3), (Assert.Single(problems).Path, problems[0].Line));
        Assert.Contains("$x", problems[0].Text, StringComparison.Ordinal);
        Assert.Equal(["a:fine", "b:fine"], rules.Scan("x"u8).Select(h => h.Rule));
        Assert.Null(YaraRules.Compile([bad], problems));
    }

    [Fact]
    public void Rules_are_tried_by_many_at_once()
    {
        NeedsLibrary();
        YaraRules rules = YaraRules.Compile([Rule("a", "rule r { strings: $a = \"needle\" condition: $a }")], [])!;
        byte[] content = [.. new byte[100_000], .. "needle"u8];
        Parallel.For(0, 64, _ => Assert.Equal(100_000, Assert.Single(rules.Scan(content)).Strings[0].Offset));
    }

    [Fact]
    public void The_program_tells_matches_and_goes_on_where_rules_do_not_work()
    {
        NeedsLibrary();
        string capture = Path.Combine(_folder, "capture.pcap");
        File.WriteAllBytes(capture, Capture.New().Tcp("10.0.0.5:49152", "203.0.113.9:80", t => t
            .Says("GET /tool.bin HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nMZ evil!!").Closes()).ToPcap());
        string good = Rule("good", "rule evil { meta: severity = \"high\" strings: $w = \"evil\" condition: uint16(0) == 0x5A4D and $w }");
        (int exit, string output, string error) = Cli.Run(capture, "--yara-rules", good, "--fail-on", "high");
        Assert.Equal((1, ""), (exit, error));
        Assert.Contains("good:evil matches file tool.bin: $w at 3", output, StringComparison.Ordinal);
        Assert.Contains("YARA   1 rule matched, in 1 file and 0 streams", output, StringComparison.Ordinal);

        string bad = Rule("bad", "rule broken {");
        (exit, output, error) = Cli.Run(capture, "--yara-rules", bad);
        Assert.Equal(3, exit);
        Assert.StartsWith($"pcapper: YARA rules left out: {bad}, at its end: ", error, StringComparison.Ordinal);
        Assert.Contains("TRAFFIC", output, StringComparison.Ordinal);

        (exit, _, error) = Cli.Run(capture, "--yara-rules", Path.Combine(_folder, "none"));
        Assert.Equal((3, $"pcapper: no YARA rules in {Path.Combine(_folder, "none")}\n"), (exit, error));
        (exit, _, error) = Cli.Run(capture, "--yara");
        Assert.Equal((2, "pcapper: --yara needs rules: set PCAPPER_YARA_RULES to a file or folder, or give --yara-rules PATH\n"), (exit, error));
    }

    private static void NeedsLibrary() => Assert.SkipWhen(YaraRules.Load() is not null, "libyara9 is not installed");

    private string Rule(string name, string text)
    {
        string path = Path.Combine(_folder, name + ".yar");
        File.WriteAllText(path, text);
        return path;
    }
}
