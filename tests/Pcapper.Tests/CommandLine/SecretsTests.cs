using Xunit;

namespace Pcapper.Tests.CommandLine;

/// <summary>What users see of secrets: all of them, in files for hashcat, or none.</summary>
public sealed class SecretsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Hashes_go_to_a_file_for_each_mode_in_the_same_order_for_any_number_of_workers()
    {
        string capture = Save(SecretsCapture.Build());
        string one = Path.Combine(_folder, "one");
        string three = Path.Combine(_folder, "three");
        Assert.Equal(0, Cli.Run(capture, "--hashcat", one, "--base").ExitCode);
        Assert.Equal(0, Cli.Run(capture, "--hashcat", three, "--mp-workers", "3", "--creds").ExitCode);
        string[] files = [.. Directory.EnumerateFiles(one).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Contains("5600.txt", files);
        Assert.All(files, file => Assert.Equal(File.ReadAllText(Path.Combine(one, file)), File.ReadAllText(Path.Combine(three, file))));
        string[] lines = File.ReadAllLines(Path.Combine(one, "5600.txt"));
        Assert.Equal(lines.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), lines);
        Assert.StartsWith("anna::EXAMPLE:0123456789abcdef:", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("txt")]
    [InlineData("md")]
    [InlineData("json")]
    public void Secrets_are_shown_in_full_and_with_redact_nowhere(string format)
    {
        string capture = Save(SecretsCapture.Build());
        string shown = Cli.Run(capture, "--creds", "--output", format, "-v").Output;
        Assert.All(SecretsCapture.Readable, secret => Assert.Contains(secret, shown.Replace("\\", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal));
        (int code, string output, string error) = Cli.Run(capture, "--all", "--output", format, "-v", "--redact");
        Assert.Equal(0, code);
        Assert.Empty(error);
        Assert.All(SecretsCapture.All, secret => Assert.DoesNotContain(secret, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zeek")]
    [InlineData("zeek-tsv")]
    public void Logs_hold_no_secret_with_redact(string format)
    {
        string capture = Save(SecretsCapture.Build());
        string logs = Path.Combine(_folder, format);
        Assert.Equal(0, Cli.Run(capture, "--log-export", format, "--log-out", logs, "--redact", "--mp-workers", "2").ExitCode);
        string all = string.Concat(Directory.EnumerateFiles(logs).Select(File.ReadAllText));
        Assert.Contains("/login?password=***", all, StringComparison.Ordinal);
        Assert.All(SecretsCapture.All, secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
    }

    [Fact]
    public void Hashes_and_redaction_exclude_each_other()
    {
        (int code, string output, string error) = Cli.Run(Save(SecretsCapture.Build()), "--redact", "--hashcat", _folder);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("cannot be used with --redact", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Hashes_that_cannot_be_written_are_one_line_and_exit_code_2()
    {
        string blocked = Path.Combine(_folder, "blocked");
        File.WriteAllText(blocked, "a file where the folder should be");
        (int code, _, string error) = Cli.Run(Save(SecretsCapture.Build()), "--hashcat", blocked, "--base");
        Assert.Equal(2, code);
        Assert.Contains("cannot write hashes", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_can_be_redacted() => Assert.Equal(0, Cli.Run(SecretsCapture.Build(), "-", "--creds", "--redact").ExitCode);

    private string Save(byte[] capture)
    {
        string path = Path.Combine(_folder, "secrets.pcap");
        File.WriteAllBytes(path, capture);
        return path;
    }
}
