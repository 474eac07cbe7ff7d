using Pcapper.Tests.Building;
using Pcapper.Tests.Enrichment;
using Xunit;

namespace Pcapper.Tests.CommandLine;

/// <summary>Look-ups as users meet them: nothing leaves the machine unless they say so twice, and keys are seen nowhere.</summary>
public sealed class IntelCommandTests : IDisposable
{
    private const string Key = "s3cr3t-k3y";
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test").FullName;
    private readonly string _capture;

    public IntelCommandTests()
    {
        _capture = Path.Combine(_folder, "test.pcap");
        File.WriteAllBytes(_capture, Capture.New()
            .Tcp("10.0.0.5:50000", "192.31.196.7:80", t => t.Says("GET /a HTTP/1.1\r\nHost: www.example.com\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").Closes())
            .Tcp("10.0.0.5:50001", "10.0.0.9:80", t => t.Says("GET /a HTTP/1.1\r\nHost: intranet.local\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno").Closes())
            .ToPcap());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("txt")]
    [InlineData("md")]
    [InlineData("json")]
    public void Opted_in_and_with_a_key_the_report_has_a_section_and_no_key(string format)
    {
        using ReputationServer server = Abuse();
        Dictionary<string, string> environment = Environment(server, "1");
        (int code, string output, string error) = Cli.RunIn(environment, _capture, "--all", "-v", "--output", format);
        Assert.Equal(0, code);
        Assert.Equal(["/api/v2/check?ipAddress=192.31.196.7&maxAgeInDays=90"], server.Targets);
        Assert.Contains("Known to reputation services as bad", output, StringComparison.Ordinal);
        Assert.Contains("Intelligence", output, StringComparison.Ordinal);
        Assert.Contains("asking AbuseIPDB about 1 value", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, output + error, StringComparison.Ordinal);
        (_, string again, _) = Cli.RunIn(environment, _capture, "--no-status");
        Assert.Single(server.Targets);
        Assert.Contains("Known to reputation services as bad", again, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "pcapper", "intel.db")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("no")]
    public void Without_opting_in_nothing_is_sent_or_made_and_nothing_changes(string optIn)
    {
        using ReputationServer server = Abuse();
        string with = Cli.RunIn(Environment(server, optIn), _capture, "--all", "--no-status", "-v").Output;
        Assert.Equal(Cli.Run(_capture, "--all", "--no-status", "-v").Output, with);
        Assert.Empty(server.Targets);
        Assert.False(Directory.Exists(Path.Combine(_folder, "pcapper")));
    }

    [Theory]
    [InlineData("--base")]
    [InlineData("--dns")]
    public void What_does_not_look_at_everything_asks_nobody(string module)
    {
        using ReputationServer server = Abuse();
        Assert.DoesNotContain("Intelligence", Cli.RunIn(Environment(server, "1"), _capture, module, "--no-status").Output, StringComparison.Ordinal);
        Assert.Empty(server.Targets);
    }

    [Fact]
    public void Opted_in_without_a_key_says_which_there_could_be()
    {
        (int code, string output, _) = Cli.RunIn(new() { ["PCAPPER_INTEL_OPT_IN"] = "yes" }, _capture, "--no-status");
        Assert.Equal(0, code);
        Assert.Contains("Nobody was asked", output, StringComparison.Ordinal);
        Assert.Contains("PCAPPER_ABUSEIPDB_KEY", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_lists_what_would_be_sent_and_sends_nothing()
    {
        using ReputationServer server = Abuse();
        (int code, string output, _) = Cli.RunIn(Environment(server, "1"), _capture, "--intel-dry-run", "--http", "--no-status");
        Assert.Equal(0, code);
        Assert.Empty(server.Targets);
        string section = output[output.IndexOf("Intelligence", StringComparison.Ordinal)..];
        Assert.Contains("nothing was sent: 5 look-ups would be", section, StringComparison.Ordinal);
        Assert.Contains("192[.]31[.]196[.]7", section, StringComparison.Ordinal);
        Assert.Contains("OTX would not be asked: there is no key", section, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0", section.Replace("[.]", ".", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("intranet", section, StringComparison.Ordinal);
        Assert.Contains("5 look-ups", Cli.RunIn([], _capture, "--intel-dry-run", "--no-status").Output, StringComparison.Ordinal);
        Assert.Equal(2, Cli.Run(_capture, "--intel-dry-run", "--base").ExitCode);
    }

    [Theory]
    [InlineData("PCAPPER_VT_KEY", "s3cr3t-k3y with spaces")]
    [InlineData("PCAPPER_INTEL_BASE_URL_VT", "http://s3cr3t-k3y.example.com/")]
    [InlineData("PCAPPER_IP_INTEL_LIMIT", "s3cr3t-k3y")]
    public void A_setting_that_cannot_be_used_is_one_line_that_does_not_repeat_it(string variable, string value)
    {
        (int code, string output, string error) = Cli.RunIn(new() { ["PCAPPER_INTEL_OPT_IN"] = "1", [variable] = value }, _capture);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(variable, error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
        Assert.Equal(0, Cli.RunIn(new() { [variable] = value }, _capture, "--no-status").ExitCode);
    }

    private static ReputationServer Abuse() => new((_, _) => ReputationServer.Json("""{"data":{"abuseConfidenceScore":100,"totalReports":12,"numDistinctUsers":5,"note":"your key is s3cr3t-k3y"}}"""));

    private Dictionary<string, string> Environment(ReputationServer server, string optIn) => new()
    {
        ["PCAPPER_INTEL_OPT_IN"] = optIn,
        ["PCAPPER_ABUSEIPDB_KEY"] = Key,
        ["PCAPPER_INTEL_BASE_URL_ABUSEIPDB"] = server.Url,
        ["PCAPPER_IP_INTEL_RATE_LIMIT"] = "0",
        ["XDG_CACHE_HOME"] = _folder,
    };
}
