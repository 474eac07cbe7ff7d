using System.Text.Json;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.CommandLine;
using Xunit;

namespace Pcapper.Tests.Evidence;

/// <summary>Captures of findings.</summary>
public sealed class EvidenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_finding_has_its_frames_and_those_of_their_flows()
    {
        // FTP login in the clear between two harmless pages.
        byte[] capture = Capture.New()
            .Tcp("10.0.0.5:50000", "10.0.0.9:80", t => t.Says("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").Closes())
            .Tcp("10.0.0.5:50001", "10.0.0.7:21", t => t.Replies("220 hello\r\n").Says("USER bob\r\n").Replies("331 go on\r\n").Says("PASS secret\r\n").Replies("230 fine\r\n").Closes())
            .Tcp("10.0.0.5:50002", "10.0.0.9:80", t => t.Says("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").Closes()).ToPcap();
        (int exit, string error) = Run(capture, "--creds");
        Assert.Equal((0, $"pcapper: evidence of 1 finding in {Out}\n"), (exit, error));
        Assert.Equal(["F1-creds.cleartext-password.pcapng", "index.json"], Directory.EnumerateFiles(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        JsonElement row = Assert.Single(JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "index.json"))).RootElement.EnumerateArray());
        Assert.Equal(("F1", "creds.cleartext-password", true), (row.GetProperty("id").GetString(), row.GetProperty("type").GetString(), row.GetProperty("all_frames_of_flows").GetBoolean()));
        using CaptureReader reader = CaptureFile.Open(Path.Combine(Out, row.GetProperty("file").GetString()!), 0);
        Frame frame = default;
        Packet packet = default;
        int frames = 0;
        while (reader.TryRead(ref frame))
        {
            PacketDecoder.Decode(frame, ref packet);
            Assert.Contains((ushort)21, new[] { packet.SourcePort, packet.DestinationPort });
            frames++;
        }

        Assert.Equal(row.GetProperty("frames").GetInt32(), frames);
        long cited = row.GetProperty("cited")[0].GetProperty("frame").GetInt64();
        Assert.Contains($"F1 creds.cleartext-password, frame {cited} of capture.pcap", reader.Info.Comments);
        Assert.Equal(frames - row.GetProperty("cited").GetArrayLength(), reader.Info.Comments.Count(c => c.StartsWith("F1 creds.cleartext-password (same flow), frame ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_second_run_replaces_what_the_first_wrote_and_nothing_else()
    {
        byte[] capture = Capture.New().Tcp("10.0.0.5:50001", "10.0.0.7:21", t => t.Replies("220 hello\r\n").Says("USER bob\r\n").Replies("331 go on\r\n").Says("PASS secret\r\n").Replies("230 fine\r\n").Closes()).ToPcap();
        Assert.Equal(0, Run(capture, "--creds").Exit);
        File.WriteAllText(Path.Combine(Out, "Friday.pcapng"), "mine");
        Assert.Equal((0, $"pcapper: no findings with frames for {Out}\n"), Run(capture, "--vlan"));
        Assert.Equal(["Friday.pcapng", "index.json"], Directory.EnumerateFiles(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_with_another_index_or_the_capture_itself_is_refused()
    {
        byte[] capture = Capture.New().Tcp("10.0.0.5:50001", "10.0.0.7:21", t => t.Replies("220 hello\r\n").Says("USER bob\r\n").Replies("331 go on\r\n").Says("PASS secret\r\n").Replies("230 fine\r\n").Closes()).ToPcap();
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "index.json"), "{\"my\":\"website\"}");
        Assert.Equal((2, $"pcapper: cannot write evidence to {Out}: its index.json is not of pcapper\n"), Run(capture, "--creds"));
        File.WriteAllText(Path.Combine(Out, "index.json"), "[{\"file\":\"../capture.pcap\",\"cited\":[]}]");
        Assert.Equal(2, Run(capture, "--creds").Exit);
        File.Delete(Path.Combine(Out, "index.json"));
        Assert.Equal(0, Run(capture, "--creds").Exit);
        string made = Path.Combine(Out, "F1-creds.cleartext-password.pcapng");
        Assert.Equal((2, "", $"pcapper: cannot write evidence to {Out}: F1-creds.cleartext-password.pcapng is a capture that is read\n"), Cli.Run(made, "--creds", "--report-out", Path.Combine(_folder, "r.txt"), "--evidence-out", Out));
        Assert.True(File.Exists(made));
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        Assert.Contains("cannot be used with --redact", Run(Capture.New().ToPcap(), "--redact").Error, StringComparison.Ordinal);
        Assert.Contains("--evidence-out needs findings", Run(Capture.New().ToPcap(), "--base").Error, StringComparison.Ordinal);
    }

    private string Out => Path.Combine(_folder, "out");

    private (int Exit, string Error) Run(byte[] capture, params string[] options)
    {
        string file = Path.Combine(_folder, "capture.pcap");
        File.WriteAllBytes(file, capture);
        (int exit, _, string error) = Cli.Run([file, "--evidence-out", Out, .. options]);
        return (exit, error);
    }
}
