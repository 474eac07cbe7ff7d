using System.Runtime.CompilerServices;
using System.Text.Json;
using Pcapper.Engine;
using Xunit;

namespace Pcapper.Tests;

public sealed class JsonRendererTests
{
    internal static JsonElement Schema { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "../../../docs/report.schema.json"))).RootElement;

    [Fact]
    public void The_sample_matches_the_schema() => Assert.Empty(SchemaValidator.Check(Schema, Json().RootElement));

    [Fact]
    public void The_validator_finds_what_is_wrong()
    {
        string json = SampleReport.Render(new JsonRenderer(), SampleReport.Make());
        foreach ((string from, string to) in ((string, string)[])
        [
            ("\"schema_version\": 1", "\"schema_version\": 2"),
            ("\"severity\": \"high\"", "\"severity\": \"bad\""),
            ("\"first\": \"2026-02-04T08:59:58.113204000Z\"", "\"first\": \"2026-02-04\""),
            ("\"summary\"", "\"summery\""),
            ("\"frames\": 18241", "\"frames\": 1.5"),
        ])
        {
            Assert.Contains(from, json);
            using JsonDocument broken = JsonDocument.Parse(json.Replace(from, to));
            Assert.NotEmpty(SchemaValidator.Check(Schema, broken.RootElement));
        }
    }

    [Fact]
    public void Findings_are_numbered_in_report_order_and_cite_frames_of_each_capture()
    {
        JsonElement finding = Json().RootElement.GetProperty("findings")[0];
        Assert.Equal("F1", finding.GetProperty("id").GetString());
        Assert.Equal("high", finding.GetProperty("severity").GetString());
        Assert.Equal(0.9, finding.GetProperty("confidence").GetDouble());
        Assert.Equal("a monitoring agent", finding.GetProperty("unless").GetString());
        JsonElement evidence = finding.GetProperty("evidence");
        Assert.Equal([2210, 2398, 2544], evidence.GetProperty("frames").EnumerateArray().Select(n => n.GetInt32()));
        Assert.Equal(48, evidence.GetProperty("total").GetInt32());
        Assert.Equal(1, evidence.GetProperty("others")[0].GetProperty("capture").GetInt32());
        Assert.Equal("F1", Json().RootElement.GetProperty("indicators")[0].GetProperty("finding").GetString());
        Assert.Equal("F1", Json().RootElement.GetProperty("cases")[0].GetProperty("chain")[0].GetString());
    }

    [Fact]
    public void Cells_keep_their_types()
    {
        JsonElement section = Json().RootElement.GetProperty("sections")[0];
        Assert.Equal("9223372036854775807", section.GetProperty("facts").GetProperty("huge").GetString());
        Assert.Equal(12_000_000, section.GetProperty("facts").GetProperty("median").GetInt64());
        Assert.Equal("duration", section.GetProperty("fact_types").GetProperty("median").GetString());
        JsonElement table = section.GetProperty("tables")[0];
        Assert.Equal("dns.clients", table.GetProperty("id").GetString());
        Assert.Equal(2, table.GetProperty("rows").GetArrayLength());
        JsonElement row = table.GetProperty("rows")[0];
        Assert.Equal("10.20.0.31", row.GetProperty("client").GetString());
        Assert.Equal(1301, row.GetProperty("queries").GetInt32());
        Assert.Equal(49152, row.GetProperty("port").GetInt32());
        Assert.Equal("2026-02-04T08:59:58.113204000Z", row.GetProperty("seen").GetString());
        Assert.Equal(12, row.GetProperty("first").GetProperty("total").GetInt32());
        Assert.Equal(JsonValueKind.Null, table.GetProperty("rows")[1].GetProperty("seen").ValueKind);
        Assert.Equal("detail of cdn-stat.example", section.GetProperty("notes")[1].GetString());
    }

    [Fact]
    public void Culture_and_width_change_nothing()
    {
        ReportDocument document = SampleReport.Make();
        string here = SampleReport.Render(new JsonRenderer(), document);
        Assert.Equal(here, SampleReport.InTurkish(() => SampleReport.Render(new JsonRenderer(), document, new RenderOptions { Width = 40, Verbose = true })));
    }

    private static JsonDocument Json() => JsonDocument.Parse(SampleReport.Render(new JsonRenderer(), SampleReport.Make()));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
