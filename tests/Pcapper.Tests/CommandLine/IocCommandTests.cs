using Xunit;

namespace Pcapper.Tests.CommandLine;

/// <summary>Exporting and matching indicators, as users meet them.</summary>
public sealed class IocCommandTests : IDisposable
{
    private static readonly string s_sample = Golden.InRepository("samples/office-day.pcapng");
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("csv", "office-day.iocs.csv")]
    [InlineData("json", "office-day.iocs.json")]
    [InlineData("stix", "office-day.iocs.stix.json")]
    [InlineData("misp", "office-day.iocs.misp.json")]
    public void An_export_is_named_after_the_capture_and_may_be_made_again(string format, string name)
    {
        string path = Path.Combine(_folder, name);
        Assert.Equal(0, Cli.Run(s_sample, "--ioc-export", format, "--ioc-out", _folder).ExitCode);
        byte[] first = File.ReadAllBytes(path);
        (int code, _, string error) = Cli.Run(s_sample, "--ioc-export", format, "--ioc-out", path, "--mp-workers", "3");
        Assert.Equal(0, code);
        Assert.Contains("indicators, in", error, StringComparison.Ordinal);
        Assert.Equal(first, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_is_not_ours_is_not_overwritten()
    {
        string path = Path.Combine(_folder, "mine.csv");
        File.WriteAllText(path, "mine");
        (int code, _, string error) = Cli.Run(s_sample, "--ioc-export", "csv", "--ioc-out", path);
        Assert.Equal(2, code);
        Assert.Contains("no earlier export", error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void A_list_raises_a_finding()
    {
        string list = Path.Combine(_folder, "list.txt");
        File.WriteAllText(list, "203[.]0[.]113[.]77\n");
        (int code, string output, _) = Cli.Run(s_sample, "--ioc-match", list, "--threats");
        Assert.Equal(0, code);
        Assert.Contains("Listed indicator seen", output, StringComparison.Ordinal);
        Assert.Contains("list.txt (line 1)", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "give json, csv, stix or misp", "--ioc-export", "xml")]
    [InlineData(2, "--ioc-out needs", "--ioc-out", "x")]
    [InlineData(2, "no such file", "--ioc-match", "/nonexistent.txt")]
    [InlineData(2, "it is a folder", "--ioc-match", "/")]
    [InlineData(3, "it is no text", "--ioc-match", "SAMPLE")]
    [InlineData(2, "--base leaves out", "--ioc-export", "csv", "--base")]
    [InlineData(2, "it is the capture", "--ioc-export", "csv", "--ioc-out", "SAMPLE")]
    public void What_cannot_be_done_is_one_line(int expected, string says, params string[] arguments)
    {
        (int code, string output, string error) = Cli.Run([s_sample, .. arguments.Select(a => a == "SAMPLE" ? s_sample : a)]);
        Assert.Equal(expected, code);
        Assert.Empty(output);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }
}
