using System.IO.Compression;
using System.Text.Json;
using Pcapper.Engine;
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

    private static (int ExitCode, string Error) Shell(string command)
    {
        var start = new System.Diagnostics.ProcessStartInfo("/bin/sh") { RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        using var process = System.Diagnostics.Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

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
    [InlineData("needs findings", "SAMPLE", "--base", "--fail-on", "low")]
    [InlineData("it is a file, not a folder", "SAMPLE", "--hashcat", "SAMPLE")]
    [InlineData("no capture given", "--all")]
    [InlineData("--mp-workers many: give a number", "SAMPLE", "--mp-workers", "many")]
    [InlineData("cannot write /nonexistent/report.txt: the folder does not exist", "SAMPLE", "--report-out", "/nonexistent/report.txt")]
    [InlineData("cannot write /: it is a folder", "SAMPLE", "--report-out", "/")]
    [InlineData("it is the capture", "SAMPLE", "--report-out", "SAMPLE")]
    [InlineData("@nonexistent: no such file or folder", "@nonexistent")]
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
        Assert.Contains("it is a file, not a folder", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Logs_of_an_earlier_run_are_not_left_among_the_new_ones()
    {
        string logs = Path.Combine(_folder, "logs");
        Directory.CreateDirectory(logs);
        File.WriteAllText(Path.Combine(logs, "http.log"), "old");
        File.WriteAllText(Path.Combine(logs, "mine.log"), "mine");
        string capture = Path.Combine(_folder, "udp.pcap");
        File.WriteAllBytes(capture, Capture.New().Udp("192.0.2.1:5000", "192.0.2.2:5001", u => u.Says([1])).ToPcap());
        Assert.Equal(0, Cli.Run(capture, "--log-export", "zeek", "--log-out", logs).ExitCode);

        Assert.Equal(["conn.log", "mine.log"], Directory.EnumerateFiles(logs).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_report_never_replaces_a_capture()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string capture = Path.Combine(_folder, "a.pcap");
        string symbolic = Path.Combine(_folder, "symbolic");
        string hard = Path.Combine(_folder, "hard");
        byte[] bytes = Capture.New().Udp("192.0.2.1:5000", "192.0.2.2:5001", u => u.Says([1])).ToPcap();
        File.WriteAllBytes(capture, bytes);
        File.CreateSymbolicLink(symbolic, capture);
        Shell($"ln '{capture}' '{hard}'");
        foreach (string target in (ReadOnlySpan<string>)[symbolic, hard])
        {
            (int code, _, string error) = Cli.Run(capture, "--report-out", target);
            Assert.Equal(2, code);
            Assert.Contains("it is the capture", error, StringComparison.Ordinal);
        }

        (int relative, string says) = Shell($"cd '{_folder}' && ln -s a.pcap near && dotnet '{Path.Combine(AppContext.BaseDirectory, "pcapper.dll")}' a.pcap --report-out near");
        Assert.Equal((2, "pcapper: cannot write near: it is the capture a.pcap\n"), (relative, says));
        Assert.Equal(bytes, File.ReadAllBytes(capture));
    }

    [Fact]
    public void A_report_makes_a_file_that_does_not_exist_yet()
    {
        string report = Path.Combine(_folder, "new.txt");
        Assert.Equal(0, Cli.Run(s_sample, "--base", "--report-out", report).ExitCode);
        Assert.Contains("frames", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_goes_through_links_and_keeps_rights()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string report = Path.Combine(_folder, "report.txt");
        string link = Path.Combine(_folder, "link");
        File.WriteAllText(report, "old");
        File.SetUnixFileMode(report, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, report);
        Assert.Equal(0, Cli.Run(s_sample, "--base", "--report-out", link).ExitCode);

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Contains("frames", File.ReadAllText(report), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(report));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.part"));
    }

    [Fact]
    public async Task What_is_no_file_is_written_to_as_it_is()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Assert.Equal(0, Cli.Run(s_sample, "--base", "--report-out", "/dev/null").ExitCode);
        Assert.False(File.Exists("/dev/null.part"));
        string pipe = Path.Combine(_folder, "pipe");
        Shell($"mkfifo '{pipe}'");
        Task<string> read = Task.Run(() => File.ReadAllText(pipe));
        Assert.Equal(0, Cli.Run(s_sample, "--base", "--report-out", pipe).ExitCode);
        Assert.Contains("frames", await read, StringComparison.Ordinal);
        (int code, _, string error) = Cli.Run(s_sample, "--base", "--report-out", "/dev/full");
        Assert.Equal((2, "pcapper: cannot write /dev/full: the disk is full\n"), (code, error));
    }

    [Fact]
    public void A_full_standard_output_is_one_line_and_exit_code_2()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string program = Path.Combine(AppContext.BaseDirectory, "pcapper.dll");
        foreach (string arguments in (ReadOnlySpan<string>)[$"'{s_sample}' --base", "--help", "--version"])
        {
            (int code, string error) = Shell($"dotnet '{program}' {arguments} > /dev/full");
            Assert.Equal((2, "pcapper: cannot write to standard output: the disk is full\n"), (code, error));
        }

        Assert.Equal((0, ""), Shell($"dotnet '{program}' '{s_sample}' --all -v | head -c 10 > /dev/null"));

        // The runtime may have opened a file under its number by then.
        (int closed, string says) = Shell($"dotnet '{program}' '{s_sample}' --base >&-");
        Assert.Equal(2, closed);
        Assert.Matches("^pcapper: .*standard output.*\n$", says);
    }

    [Fact]
    public void An_archive_gives_the_same_report_for_any_number_of_workers()
    {
        string archive = Path.Combine(_folder, "sample.pcapng.gz");
        using (var gzip = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
        {
            gzip.Write(File.ReadAllBytes(s_sample));
        }

        string one = Cli.Run(archive, "--all", "-v").Output;
        Assert.Contains(Units.Bytes(new FileInfo(archive).Length), one, StringComparison.Ordinal);
        Assert.Equal(one, Cli.Run(archive, "--all", "-v", "--mp-workers", "2").Output);
    }

    [Fact]
    public void What_unpacks_to_very_much_is_read_by_one_worker()
    {
        string bomb = Path.Combine(_folder, "bomb.pcap.gz");
        using (var gzip = new GZipStream(File.Create(bomb), CompressionLevel.SmallestSize))
        {
            gzip.Write(Capture.New().Udp("192.0.2.1:5000", "192.0.2.2:5001", u => u.Says([1])).ToPcap());
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 300; i++)
            {
                gzip.Write(block);
            }
        }

        (int one, string alone, _) = Cli.Run(bomb, "--base");
        (int two, string several, _) = Cli.Run(bomb, "--base", "--mp-workers", "2");
        Assert.Equal(one, two);
        Assert.Contains("unpacks to more than 256.0 MiB", several, StringComparison.Ordinal);
        Assert.DoesNotContain("unpacks to more than", alone, StringComparison.Ordinal);
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
