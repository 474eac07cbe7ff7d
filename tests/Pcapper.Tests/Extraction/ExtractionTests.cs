using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ICSharpCode.SharpZipLib.Zip;
using Pcapper.Engine;
using Pcapper.Extraction;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.CommandLine;
using Xunit;

namespace Pcapper.Tests.Extraction;

/// <summary>Files that are written out: which, where, how many, whatever the capture says.</summary>
public sealed class ExtractionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_are_kept_under_their_hash_and_their_name()
    {
        (int exit, _, string error) = Extract(Downloads(("/a/x.txt", "hello"), ("/b/x.txt", "other"), ("/c/y.txt", "hello")), "--extract", "*.txt");
        Assert.Equal((0, $"pcapper: 3 files in {Out}\n"), (exit, error));
        Assert.Equal(["manifest.ndjson", "x.txt", "x_2.txt", "y.txt"], Names());
        Assert.Equal("other", File.ReadAllText(Path.Combine(Out, "x_2.txt")));
        string hash = Convert.ToHexStringLower(SHA256.HashData("hello"u8));
        Assert.Equal("hello", File.ReadAllText(Path.Combine(Out, hash[..2], hash)));
        JsonElement[] rows = [.. File.ReadLines(Path.Combine(Out, "manifest.ndjson")).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["x.txt", "x_2.txt", "y.txt"], rows.Select(r => r.GetProperty("file").GetString()));
        Assert.Equal((hash, $"{hash[..2]}/{hash}", "x.txt", "http://www.example/a/x.txt", true, "10.0.0.9"),
            (Text(rows[0], "sha256"), Text(rows[0], "content"), Text(rows[0], "name"), Text(rows[0], "location"), rows[0].GetProperty("complete").GetBoolean(), Text(rows[0], "sender")));
        if (!OperatingSystem.IsWindows())
        {
            foreach (string file in Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public void A_second_run_leaves_what_is_there()
    {
        byte[] capture = Downloads(("/a/x.txt", "hello"));
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "x.txt"), "mine");
        Extract(capture, "--extract", "x.txt");
        Extract(capture, "--extract", "x.txt");
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Out, "x.txt")));
        Assert.Equal(["manifest.ndjson", "x.txt", "x_2.txt"], Names());
    }

    [Theory]
    [InlineData("X.TXT", 1)]
    [InlineData("?.t*", 1)]
    [InlineData("x", 0)]
    [InlineData("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 1)]
    [InlineData("5D41402ABC4B2A76B9719D911017C592", 1)]
    [InlineData("3cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 0)]
    public void Names_patterns_and_hashes_choose(string wish, int files)
    {
        (int exit, _, string error) = Extract(Downloads(("/a/x.txt", "hello"), ("/a/y.bin", "other")), "--extract", wish);
        Assert.Equal((0, files == 0 ? "pcapper: no files found to extract\n" : $"pcapper: 1 file in {Out}\n"), (exit, error));
    }

    [Theory]
    [InlineData("../../evil.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\\\windows\\\\x")]
    [InlineData("CON")]
    [InlineData("COM1.")]
    [InlineData("a\u001B[31mb")]
    [InlineData("..")]
    public void Names_of_the_capture_decide_no_path(string name)
    {
        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp => tcp
            .Says("GET / HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies($"HTTP/1.1 200 OK\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Length: 5\r\n\r\nhello").Closes()).ToPcap();
        (int exit, string output, string error) = Extract(capture, "--extract", "*", "-v");
        Assert.Equal((0, $"pcapper: 1 file in {Out}\n"), (exit, error));
        Assert.Equal(2, Names().Count);
        Assert.Equal(["capture.pcap", "out"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain('\u001B', output);
    }

    [Fact]
    public void Files_with_holes_are_written_with_zeros_and_marked()
    {
        byte[] capture = Capture.New().Tcp("10.0.0.5:49152", "10.0.0.9:80", tcp => tcp
            .Says("GET /a.bin HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n").Replies("abc").Lost(3).Replies("def").Replies("ghi").Closes()).ToPcap();
        (int exit, _, string error) = Extract(capture, "--extract", "*");
        Assert.Equal((0, $"pcapper: 1 file in {Out}, 1 of them incomplete\n"), (exit, error));
        Assert.Contains("\0\0\0", File.ReadAllText(Path.Combine(Out, "a.bin")), StringComparison.Ordinal);
        JsonElement row = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "manifest.ndjson"))).RootElement;
        Assert.Equal((false, true, 3), (row.GetProperty("complete").GetBoolean(), row.GetProperty("holes_are_zeros").GetBoolean(), row.GetProperty("missing_bytes").GetInt32()));
    }

    [Fact]
    public void The_limit_keeps_the_first_files_whatever_the_number_of_workers()
    {
        byte[] capture = Downloads([.. Enumerable.Range(0, 20).Select(i => ($"/{i:00}.txt", new string((char)('a' + i), 100)))]);
        foreach (string workers in (string[])["1", "3", "7"])
        {
            (int exit, _, string error) = Extract(capture, "--extract", "*", "--extract-limit", "1K", "--mp-workers", workers, "--extract-out", Path.Combine(_folder, workers));
            Assert.Equal((0, $"pcapper: 10 files in {Path.Combine(_folder, workers)}\npcapper: limit of extraction reached: 10 files left out (--extract-limit, or name fewer files)\n"), (exit, error));
            Assert.Equal(
                [.. Enumerable.Range(0, 10).Select(i => $"{i:00}.txt"), "manifest.ndjson"],
                Directory.EnumerateFiles(Path.Combine(_folder, workers)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal(10, Directory.EnumerateDirectories(Path.Combine(_folder, workers)).Sum(d => Directory.EnumerateFiles(d).Count()));
        }
    }

    [Fact]
    public void The_limits_do_not_depend_on_the_order_of_arrival()
    {
        (int Frame, int Size)[] files = [.. Enumerable.Range(0, 60).Select(i => (i, (i * 37 % 50) + 1))];
        string? expected = null;
        for (int seed = 0; seed < 20; seed++)
        {
            new Random(seed).Shuffle(files);
            string folder = Path.Combine(_folder, seed.ToString(CultureInfo.InvariantCulture));
            using var store = new FileStore(new FileWish(["*"]), new FileWish([]), folder, new ExtractionLimits(25, 400), 10);
            foreach ((int frame, int size) in files)
            {
                store.Offer(Transfer(frame, size), new Bytes(new byte[size]));
            }

            string kept = string.Join(',', store.Files.Select(f => f.File.Frame.Number));
            Assert.Equal(expected ??= kept, kept);
            Assert.Equal(60, store.Files.Count + store.LeftOut);
        }
    }

    [Fact]
    public void Sizes_count_in_units_of_1024_and_what_is_none_is_refused()
    {
        Assert.Equal(2, Cli.Run("x.pcap", "--extract", "*", "--extract-limit", "much").ExitCode);
        Assert.Equal(2, Cli.Run("x.pcap", "--extract", "*", "--extract-limit", "0").ExitCode);
        Assert.Contains("--extract-out needs --extract", Cli.Run("x.pcap", "--extract-out", "d").Error, StringComparison.Ordinal);
        Assert.Contains("cannot be used with --redact", Cli.Run("x.pcap", "--view", "d", "--redact").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_archive_opens_with_the_usual_password_only()
    {
        string zip = Path.Combine(_folder, "out.zip");
        (int exit, _, string error) = Cli.Run(Save(Downloads(("/a/x.txt", "hello"))), "--base", "--extract", "*", "--extract-zip", zip);
        Assert.Equal((0, $"pcapper: 1 file in {zip}\n"), (exit, error));
        using var file = new ZipFile(zip);
        Assert.Equal(["x.txt", "manifest.ndjson"], file.Cast<ZipEntry>().Select(e => e.Name));
        Assert.All(file.Cast<ZipEntry>(), e => Assert.Equal((true, 256), (e.IsCrypted, e.AESKeySize)));
        file.Password = InfectedZip.Password;
        using var reader = new StreamReader(file.GetInputStream(file.GetEntry("x.txt")));
        Assert.Equal("hello", reader.ReadToEnd());
    }

    [Fact]
    public void A_view_shows_text_by_lines_and_the_rest_in_hexadecimal()
    {
        (int exit, string output, _) = Cli.Run(Save(Downloads(("/a/x.txt", "one\ntwo\u001B[31m\n"), ("/a/y.bin", "a\0bc"))), "--base", "--view", "x.txt", "--view", "*.bin");
        Assert.Equal(0, exit);
        Assert.Contains("00000004  two", output, StringComparison.Ordinal);
        Assert.Contains("00000000  61 00 62 63  a.bc", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', output);
        Assert.Contains("no such file", Cli.Run(Save(Downloads(("/a", "b"))), "--base", "--view", "z").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Contents_that_wait_are_read_back_however_many_are_open()
    {
        using var files = new TemporaryFiles();
        IFileSpool[] spools = [.. Enumerable.Range(0, 300).Select(_ => files.Create()!)];
        for (int i = 0; i < spools.Length; i++)
        {
            Assert.True(spools[i].Write(5, BitConverter.GetBytes(i)));
        }

        byte[] read = new byte[12];
        for (int i = 0; i < spools.Length; i++)
        {
            Assert.True(spools[i].Read(3, read));
            Assert.Equal([0, 0, .. BitConverter.GetBytes(i), 0, 0, 0, 0, 0, 0], read);
            spools[i].Dispose();
        }

        Assert.Null(files.Failure);
    }

    private string Out => Path.Combine(_folder, "out");

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static byte[] Downloads(params (string Path, string Content)[] files)
    {
        CaptureBuilder capture = Capture.New();
        int host = 0;
        foreach ((string path, string content) in files)
        {
            capture.Tcp($"10.0.0.{++host}:49152", "10.0.0.9:80", tcp => tcp
                .Says($"GET {path} HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies($"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\n\r\n{content}").Closes());
        }

        return capture.ToPcap();
    }

    private static FileTransfer Transfer(int frame, int size) => new()
    {
        Flow = default,
        Frame = new FrameRef(0, frame),
        Time = default,
        Id = "F",
        Protocol = "http",
        Direction = Direction.ToOriginator,
        SeenBytes = size,
        IsComplete = false,
    };

    private List<string?> Names() => [.. Directory.EnumerateFiles(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal)];

    private string Save(byte[] capture)
    {
        string path = Path.Combine(_folder, "capture.pcap");
        File.WriteAllBytes(path, capture);
        return path;
    }

    private (int ExitCode, string Output, string Error) Extract(byte[] capture, params string[] arguments)
        => Cli.Run([Save(capture), "--base", .. arguments.Contains("--extract-out") ? Array.Empty<string>() : ["--extract-out", Out], .. arguments]);

    private sealed class Bytes(byte[] bytes) : IFileContent
    {
        public long Length => bytes.Length;

        public bool Read(long offset, Span<byte> into)
        {
            bytes.AsSpan((int)offset, into.Length).CopyTo(into);
            return true;
        }
    }
}
