using System.Text.Json;
using Pcapper.Engine;
using Pcapper.Enrichment.Addresses;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.CommandLine;
using Xunit;

namespace Pcapper.Tests.Enrichment;

/// <summary>What reports and logs say of places and networks.</summary>
public sealed class AddressReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test").FullName;
    private readonly string _capture;
    private readonly Dictionary<string, string> _databases;

    public AddressReportTests()
    {
        _capture = Path.Combine(_folder, "test.pcap");
        File.WriteAllBytes(_capture, Capture.New()
            .Tcp("10.0.0.5:50000", "203.0.113.9:80", t => t.Says("GET / HTTP/1.1\r\nHost: www.example\r\nAuthorization: Basic YW5uYTpnZWhlaW0=\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").Closes())
            .ToPcap());
        _databases = new()
        {
            [AddressBook.PlacesVariable] = new AddressDatabaseBuilder().Network("203.0.113.0/24", new() { ["country_code"] = "NL", ["city"] = "The Hague" }).ToFile(Path.Combine(_folder, "city.mmdb")),
            [AddressBook.NetworksVariable] = new AddressDatabaseBuilder().Network("203.0.113.0/24", new() { ["autonomous_system_number"] = 64_500u, ["autonomous_system_organization"] = "Example" }).ToFile(Path.Combine(_folder, "asn.mmdb")),
        };
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Hosts_have_columns_for_what_databases_tell_and_only_then()
    {
        using JsonDocument with = Report(_databases);
        JsonElement[] columns = [.. Table(with).GetProperty("columns").EnumerateArray()];
        string[] ids = [.. columns.Select(c => c.GetProperty("id").GetString()!)];
        Assert.Equal(["country", "city", "asn", "organization"], ids.Intersect(["country", "city", "asn", "organization"]));
        using JsonDocument without = Report([]);
        Assert.Equal(ids.Except(["country", "city", "asn", "organization"]), Table(without).GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("id").GetString()!));
    }

    [Theory]
    [InlineData("txt")]
    [InlineData("md")]
    public void Findings_tell_where_public_addresses_are(string format)
    {
        string output = Cli.RunIn(_databases, _capture, "--threats", "--no-status", "--output", format).Output;
        Assert.Contains("203.0.113.9 (NL, The Hague, AS64500 Example)", output.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("AS64500", Cli.RunIn([], _capture, "--threats", "--no-status", "--output", format).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_read_it_beside_the_finding_and_the_schema_knows_it()
    {
        using JsonDocument report = Report(_databases);
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Golden.InRepository("docs/report.schema.json")));
        Assert.Empty(SchemaValidator.Check(schema.RootElement, report.RootElement));
        JsonElement known = report.RootElement.GetProperty("findings").EnumerateArray().First(f => f.TryGetProperty("addresses", out _)).GetProperty("addresses")[0];
        Assert.Equal("""{"address":"203.0.113.9","country":"NL","city":"The Hague","asn":64500,"organization":"Example"}""", JsonSerializer.Serialize(known));
    }

    [Fact]
    public void Connections_are_logged_with_it()
    {
        string logs = Path.Combine(_folder, "logs");
        Cli.RunIn(_databases, _capture, "--base", "--no-status", "--log-export", "zeek", "--log-out", logs);
        using JsonDocument row = JsonDocument.Parse(File.ReadAllLines(Path.Combine(logs, "conn.log"))[0]);
        Assert.False(row.RootElement.TryGetProperty("orig_cc", out _));
        Assert.Equal(("NL", "The Hague", 64_500, "Example"), (Text("resp_cc"), Text("resp_city"), row.RootElement.GetProperty("resp_asn").GetInt32(), Text("resp_as_org")));
        Cli.RunIn([], _capture, "--base", "--no-status", "--log-export", "zeek-tsv", "--log-out", logs);
        Assert.DoesNotContain("orig_cc", File.ReadAllText(Path.Combine(logs, "conn.log")), StringComparison.Ordinal);

        string Text(string name) => row.RootElement.GetProperty(name).GetString()!;
    }

    [Fact]
    public void What_is_told_does_not_depend_on_the_number_of_workers()
        => Assert.Equal(Cli.RunIn(_databases, _capture, "--all", "--no-status", "--output", "md").Output, Cli.RunIn(_databases, _capture, "--all", "--no-status", "--output", "md", "--mp-workers", "3").Output);

    [Fact]
    public void A_missing_database_is_one_line_of_the_report()
    {
        (int code, string output, string error) = Cli.RunIn(new() { [AddressBook.NetworksVariable] = "/nonexistent.mmdb" }, _capture, "--ips", "--no-status");
        Assert.Equal(0, code);
        Assert.Empty(error);
        Assert.Contains("cannot use the address database /nonexistent.mmdb (PCAPPER_GEOIP_ASN_DB): no such file", output, StringComparison.Ordinal);
        Assert.Contains("203.0.113.9", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.5 > 203.0.113.9:443 cdn.example", "203.0.113.9")]
    [InlineData("203.0.113.9, 203.0.113.10 (and more)", "203.0.113.9 203.0.113.10")]
    [InlineData("[2001:db8::1]:443 > 2001:db8::2", "2001:db8::1 2001:db8::2")]
    [InlineData("1234 0x7f 1.2.3 host:80 ::", "")]
    public void Addresses_are_found_in_subjects(string subject, string expected)
    {
        var finding = new Finding { Type = new FindingType("a.b", "", Severity.Low), Subject = subject, Summary = "" };
        Assert.Equal(expected, string.Join(' ', KnownAddress.In(finding, new Everywhere()).Select(a => a.Address)));
    }

    private JsonDocument Report(Dictionary<string, string> environment) => JsonDocument.Parse(Cli.RunIn(environment, _capture, "--ips", "--threats", "--no-status", "--output", "json").Output);

    private static JsonElement Table(JsonDocument report) => report.RootElement.GetProperty("sections").EnumerateArray()
        .SelectMany(s => s.GetProperty("tables").EnumerateArray()).First(t => t.GetProperty("id").GetString() == "ips.hosts");

    private sealed class Everywhere : IAddressBook
    {
        public bool KnowsPlaces => true;

        public bool KnowsNetworks => false;

        public AddressEntry? Find(IpAddress address) => address.Class is AddressClass.Public or AddressClass.Documentation ? new AddressEntry { Country = "NL" } : null;
    }
}
