using System.Text.Json;
using Pcapper.Tests.Building;
using Pcapper.Tests.CommandLine;
using Xunit;

namespace Pcapper.Tests.Extraction;

public sealed class EmailOutTests : IDisposable
{
    private const string Message = "From: anna@example.com\r\nTo: ben@example.net\r\nSubject: ../../lunch\r\n\r\n..at noon\r\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test-").FullName;

    private string Out => Path.Combine(_folder, "mails");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Mails_are_written_as_they_crossed_the_network_and_files_are_not()
    {
        (int exit, string error) = Run(Mail().Tcp("10.0.0.5:40000", "10.0.0.9:80", t => t
            .Says("GET /a.txt HTTP/1.1\r\nHost: www.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello").Closes()).ToPcap());
        Assert.Equal((0, $"pcapper: 1 mail in {Out}\n"), (exit, error));
        Assert.Equal(["_.._.._lunch.eml", "manifest.ndjson"], Directory.EnumerateFiles(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Message, File.ReadAllText(Path.Combine(Out, "_.._.._lunch.eml")));
        JsonElement row = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "manifest.ndjson"))).RootElement;
        Assert.Equal(("smtp", true), (row.GetProperty("protocol").GetString(), row.GetProperty("complete").GetBoolean()));
    }

    [Fact]
    public void Without_a_mail_no_folder_is_made()
    {
        (int exit, string error) = Run(Capture.New().Udp("10.0.0.5:40000", "10.0.0.9:9", u => u.Says([1])).ToPcap());
        Assert.Equal((0, "pcapper: no mails found to extract\n"), (exit, error));
        Assert.False(Directory.Exists(Out));
    }

    [Theory]
    [InlineData("--redact")]
    [InlineData("--extract", "*", "--extract-out", "mails")]
    public void What_does_not_go_together_is_said(params string[] more)
    {
        string capture = Path.Combine(_folder, "a.pcap");
        File.WriteAllBytes(capture, Mail().ToPcap());
        string[] arguments = [capture, "--email-out", Out, .. more.Select(m => m == "mails" ? Out : m)];
        Assert.Equal(2, Cli.Run(arguments).ExitCode);
    }

    private static CaptureBuilder Mail() => Capture.New().Tcp("10.0.0.5:40001", "10.0.0.9:25", t => t
        .Replies("220 mx.example ESMTP Postfix\r\n").Says("EHLO a.example\r\n").Replies("250 mx.example\r\n").Says("MAIL FROM:<anna@example.com>\r\n").Replies("250 ok\r\n")
        .Says("RCPT TO:<ben@example.net>\r\n").Replies("250 ok\r\n").Says("DATA\r\n").Replies("354 go\r\n").Says(Message.Replace("..at", "...at", StringComparison.Ordinal) + ".\r\n").Replies("250 taken\r\n")
        .Says("QUIT\r\n").Replies("221 bye\r\n").Closes());

    private (int ExitCode, string Error) Run(byte[] bytes)
    {
        string capture = Path.Combine(_folder, "a.pcap");
        File.WriteAllBytes(capture, bytes);
        (int exit, _, string error) = Cli.Run(capture, "--email-out", Out);
        return (exit, error);
    }
}
