using System.IO.Compression;
using System.Text.Json;
using Pcapper.Tests.Building;
using Pcapper.Tests.Samples;
using Xunit;

namespace Pcapper.Tests.CommandLine;

/// <summary>What users meet: exit codes, one clear line for what is wrong, nothing half-written.</summary>
public sealed class CommandLineTests : IDisposable
{
    private static readonly string s_sample = Golden.InRepository("samples/office-day.pcapng");
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_triage_report_goes_to_stdout_and_nothing_to_stderr()
    {
        (int code, string output, string error) = Cli.Run(s_sample);

        Assert.Equal(0, code);
        Assert.Contains("VERDICT", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public void JSON_on_stdout_is_one_document()
    {
        (int code, string output, _) = Cli.Run(s_sample, "--all", "--output", "json", "--mp-workers", "2");

        Assert.Equal(0, code);
        using JsonDocument document = JsonDocument.Parse(output);
        Assert.Empty(SchemaValidator.Check(JsonRendererTests.Schema, document.RootElement));
    }

    [Theory]
    [InlineData("no such file", "/nonexistent.pcap")]
    [InlineData("did you mean --dns?", "x.pcap", "--dsn")]
    [InlineData("give txt, md or json", "SAMPLE", "--output", "xml")]
    [InlineData("must be 1 to", "SAMPLE", "--mp-workers", "0")]
    [InlineData("needs --log-out", "SAMPLE", "--log-export", "zeek")]
    [InlineData("critical, high, medium", "SAMPLE", "--fail-on", "bad")]
    [InlineData("must be 1 or more", "SAMPLE", "-l", "0")]
    [InlineData("runs no analyses", "SAMPLE", "--base", "--dns")]
    [InlineData("no capture given", "--all")]
    [InlineData("cannot write", "SAMPLE", "--report-out", "/nonexistent/report.txt")]
    public void What_cannot_be_done_is_one_line_and_exit_code_2(string says, params string[] arguments)
    {
        (int code, string output, string error) = Cli.Run([.. arguments.Select(a => a == "SAMPLE" ? s_sample : a)]);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_tables_of_protocols_have_as_many_rows_as_asked_for(int rows)
    {
        (_, string output, _) = Cli.Run(s_sample, "--protocols", "-l", $"{rows}");

        string[] lines = output.Split('\n');
        int traffic = Array.FindIndex(lines, line => line.StartsWith("TRAFFIC", StringComparison.Ordinal));
        Assert.Equal(rows, lines.Skip(traffic + 1).TakeWhile(line => line.EndsWith('#')).Count());
        int hierarchy = Array.FindIndex(lines, line => line.Trim() == "hierarchy");
        Assert.Equal(rows, lines.Skip(hierarchy + 2).TakeWhile(line => line.StartsWith("  eth", StringComparison.Ordinal)).Count());
    }

    [Fact]
    public void All_details_in_a_file_are_whole()
    {
        (_, string text, _) = Cli.Run(s_sample, "--http", "-v");
        (_, string json, _) = Cli.Run(s_sample, "--http", "--output", "json");

        using JsonDocument document = JsonDocument.Parse(json);
        string[] cells =
        [
            .. document.RootElement.GetProperty("sections").EnumerateArray().SelectMany(section => section.GetProperty("tables").EnumerateArray())
                .SelectMany(table => table.GetProperty("rows").EnumerateArray()).SelectMany(row => row.EnumerateObject())
                .Where(cell => cell.Value.ValueKind == JsonValueKind.String && !cell.Value.GetString()!.EndsWith('Z')).Select(cell => cell.Value.GetString()!),
        ];
        Assert.Contains(cells, cell => cell.Length > 60);
        Assert.All(cells, cell => Assert.Contains(cell, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_analyses_no_findings_are_claimed_to_be_missing()
    {
        (_, string output, _) = Cli.Run(s_sample, "--base");

        Assert.Contains("FINDINGS   not looked for", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_captures_says_so()
    {
        (int code, _, string error) = Cli.Run(_folder);

        Assert.Equal(2, code);
        Assert.Contains("no captures in this folder", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_capture_is_reported_and_the_rest_is_analysed()
    {
        string text = Path.Combine(_folder, "readme.pcap");
        File.WriteAllText(text, "this is no capture at all");
        (int code, string output, _) = Cli.Run(s_sample, text);

        Assert.Equal(3, code);
        Assert.Contains("not a capture", output, StringComparison.Ordinal);
        Assert.Contains("DNS tunnel", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_capture_gives_its_report_and_exit_code_3()
    {
        string cut = Path.Combine(_folder, "cut.pcapng");
        File.WriteAllBytes(cut, OfficeDay.Build()[..200_000]);

        Assert.Equal(3, Cli.Run(cut).ExitCode);
    }

    [Fact]
    public void Standard_input_and_gzip_are_read()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(OfficeDay.Build());
        }

        (int code, string output, _) = Cli.Run(packed.ToArray(), "-", "--base");
        Assert.Equal(0, code);
        Assert.Contains("frames", output, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Run(packed.ToArray(), "-", "--base", "--mp-workers", "2").ExitCode);
    }

    [Fact]
    public void Fail_on_tells_by_the_exit_code()
    {
        Assert.Equal(1, Cli.Run(s_sample, "--fail-on", "high").ExitCode);
        Assert.Equal(0, Cli.Run(s_sample, "--fail-on", "critical").ExitCode);
    }

    [Fact]
    public void Logs_do_not_depend_on_the_number_of_workers()
    {
        foreach (string format in (ReadOnlySpan<string>)["zeek", "zeek-tsv"])
        {
            string one = Path.Combine(_folder, format + "1");
            string three = Path.Combine(_folder, format + "3");
            Assert.Equal(0, Cli.Run(s_sample, "--log-export", format, "--log-out", one).ExitCode);
            Assert.Equal(0, Cli.Run(s_sample, "--log-export", format, "--log-out", three, "--mp-workers", "3").ExitCode);
            string[] logs = [.. Directory.EnumerateFiles(one).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
            Assert.Contains("conn.log", logs);
            Assert.All(logs, log => Assert.Equal(File.ReadAllText(Path.Combine(one, log)), File.ReadAllText(Path.Combine(three, log))));
        }
    }

    [Fact]
    public void A_full_disk_for_logs_leaves_nothing_half_written()
    {
        string blocked = Path.Combine(_folder, "blocked");
        File.WriteAllText(blocked, "a file where the folder should be");
        (int code, string output, string error) = Cli.Run(s_sample, "--log-export", "zeek", "--log-out", blocked);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("cannot write the logs", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_and_version_answer()
    {
        Assert.Contains("--tls", Cli.Run("--help").Output, StringComparison.Ordinal);
        Assert.StartsWith("pcapper 1.", Cli.Run("--version").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_escape_codes_does_not_reach_the_terminal()
    {
        string nasty = Path.Combine(_folder, "a\u001b[31mb.pcap");
        File.WriteAllBytes(nasty, Capture.New().Udp("192.0.2.1:5000", "192.0.2.2:5001", u => u.Says([1])).ToPcap());
        (_, string output, string error) = Cli.Run(nasty);

        Assert.DoesNotContain('\u001b', output + error);
        Assert.DoesNotContain('\u001b', Cli.Run(nasty + "x").Error);
    }
}
