using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Ioc.Lists;
using Pcapper.Packets;
using Pcapper.Tests.Running;
using Pcapper.Tests.Samples;
using Xunit;

namespace Pcapper.Tests.Analyses.Ioc;

/// <summary>Exports are valid, the same each time, and safe for the programs that read them.</summary>
public sealed class IocExportTests
{
    private static readonly FindingType s_type = new("test.it", "Test", Severity.High, "T1071.001", "T0831");
    private static readonly Finding s_finding = new() { Type = s_type, Subject = "s", Summary = "s" };

    private static readonly Observable[] s_observables = ((IEnumerable<(IndicatorKind, string)>)
        [
            (IndicatorKind.Address, "203.0.113.9"), (IndicatorKind.Address, "2001:db8::9"), (IndicatorKind.Domain, "evil.example"), (IndicatorKind.Url, "http://evil.example/it's\\x,\"y\""),
            (IndicatorKind.Email, "=cmd@evil.example"), (IndicatorKind.Sha256, new string('a', 64)), (IndicatorKind.FileName, "a.exe"), (IndicatorKind.Certificate, new string('b', 64)),
            (IndicatorKind.Ja3, new string('c', 32)), (IndicatorKind.Ja3s, new string('d', 32)), (IndicatorKind.Ja4, "t13d1516h2_8daaf6152771_02713d6af862"), (IndicatorKind.UserAgent, "tool/1 'x'"),
        ]).Select((item, i) => new Observable(item.Item1, item.Item2)
        {
            First = Timestamp.FromSeconds(1_700_000_000 + i),
            Last = Timestamp.FromSeconds(1_700_000_100),
            Count = i + 1,
            Places = ["http"],
            Hosts = ["10.0.0.5"],
            Frames = [new FrameRef(0, i + 1)],
            Findings = [s_finding],
        }).Append(new Observable(IndicatorKind.Domain, "quiet.example") { Count = 1 }).Append(new Observable(IndicatorKind.Url, "http://x.example/cut…1234")).ToArray();

    [Fact]
    public void STIX_follows_the_rules_of_OASIS() => CheckStix(Bundle(new IocReport("1", [], s_observables)));

    [Fact]
    public void STIX_of_the_sample_follows_the_rules_of_OASIS()
    {
        RunOutcome outcome = Analysis.Of(OfficeDay.Build());
        var report = new IocReport("1", outcome.Captures, outcome.Observables);
        CheckStix(Bundle(report));
        Assert.Equal(Write(new StixWriter(), report), Write(new StixWriter(), report));
    }

    // Computed apart from the code, with Python's uuid.uuid5 in the namespace of OASIS.
    [Theory]
    [InlineData(IndicatorKind.Address, "198.51.100.3", "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4")]
    [InlineData(IndicatorKind.Domain, "example.com", "domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7")]
    public void Objects_have_the_identifiers_that_everybody_gives_them(IndicatorKind kind, string value, string id)
        => Assert.Contains($"\"{id}\"", Encoding.UTF8.GetString(Write(new StixWriter(), new IocReport("1", [], [new Observable(kind, value)]))), StringComparison.Ordinal);

    [Fact]
    public void STIX_has_no_invented_patterns()
    {
        foreach (JsonElement item in Bundle(new IocReport("1", [], s_observables)).GetProperty("objects").EnumerateArray().Where(o => Type(o) == "indicator"))
        {
            bool isStix = item.GetProperty("pattern_type").GetString() == "stix";
            string pattern = item.GetProperty("pattern").GetString()!;
            Assert.DoesNotContain("x-", pattern.Split(':')[0], StringComparison.Ordinal);
            Assert.Equal(isStix, pattern[0] == '[');
            Assert.True(isStix || item.GetProperty("pattern_type").GetString() == "suricata");
        }
    }

    [Fact]
    public void What_is_exported_can_be_matched_with()
    {
        var report = new IocReport("1", [], s_observables);
        foreach (IIocWriter writer in (IIocWriter[])[new IocCsvWriter(), new StixWriter(), new IocMispWriter(), new IocJsonWriter()])
        {
            IocList list = IocListReader.Read("own", Write(writer, report));
            Assert.Null(list.Problem);
            string[] values = [.. list.Patterns.Select(p => p.Terms[0].Value)];
            Assert.Contains("203.0.113.9", values);
            Assert.Contains("http://evil.example/it's\\x,\"y\"", values);
            Assert.Contains("=cmd@evil.example", values);
        }
    }

    [Fact]
    public void CSV_is_as_RFC_4180_has_it_and_no_formula()
    {
        string csv = Encoding.UTF8.GetString(Write(new IocCsvWriter(), new IocReport("1", [], s_observables)));
        Assert.DoesNotMatch(new Regex("(?<!\r)\n"), csv);
        Assert.Contains("\"http://evil.example/it's\\x,\"\"y\"\"\"", csv, StringComparison.Ordinal);
        Assert.Contains("email,'=cmd@evil.example,", csv, StringComparison.Ordinal);
        Assert.DoesNotContain('…', csv);
    }

    [Fact]
    public void MISP_detects_only_with_findings()
    {
        using JsonDocument document = JsonDocument.Parse(Write(new IocMispWriter(), new IocReport("1", [], s_observables)));
        JsonElement[] attributes = [.. document.RootElement.GetProperty("Event").GetProperty("Attribute").EnumerateArray()];
        Assert.False(Assert.Single(attributes, a => a.GetProperty("value").GetString() == "quiet.example").GetProperty("to_ids").GetBoolean());
        Assert.True(Assert.Single(attributes, a => a.GetProperty("value").GetString() == "evil.example").GetProperty("to_ids").GetBoolean());
        Assert.False(document.RootElement.GetProperty("Event").GetProperty("published").GetBoolean());
        Assert.DoesNotContain("10.0.0.5", document.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Distinct(attributes.Select(a => a.GetProperty("uuid").GetString()));
    }

    private static void CheckStix(JsonElement bundle)
    {
        Assert.Equal("bundle", Type(bundle));
        Assert.False(bundle.TryGetProperty("spec_version", out _));
        JsonElement[] objects = [.. bundle.GetProperty("objects").EnumerateArray()];
        string[] ids = [.. objects.Select(o => o.GetProperty("id").GetString()!)];
        Assert.Distinct(ids);
        var known = ids.ToHashSet(StringComparer.Ordinal);
        string[] scos = ["ipv4-addr", "ipv6-addr", "domain-name", "url", "email-addr", "file", "x509-certificate"];
        foreach (JsonElement item in objects)
        {
            string type = Type(item);
            Assert.Matches($"^{type}--[0-9a-f]{{8}}-[0-9a-f]{{4}}-5[0-9a-f]{{3}}-[89ab][0-9a-f]{{3}}-[0-9a-f]{{12}}$", item.GetProperty("id").GetString());
            Assert.Equal("2.1", item.GetProperty("spec_version").GetString());
            foreach (JsonProperty property in item.EnumerateObject())
            {
                if (property.Name.EndsWith("_ref", StringComparison.Ordinal))
                {
                    Assert.Contains(property.Value.GetString()!, known);
                }
                else if (property.Name.EndsWith("_refs", StringComparison.Ordinal))
                {
                    Assert.NotEmpty(property.Value.EnumerateArray());
                    Assert.All(property.Value.EnumerateArray(), r => Assert.Contains(r.GetString()!, known));
                }
                else if (property.Name is "created" or "modified" or "valid_from" or "first_seen" or "last_seen" or "first_observed" or "last_observed")
                {
                    Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", property.Value.GetString());
                }
            }

            if (scos.Contains(type))
            {
                Assert.False(item.TryGetProperty("created", out _));
                continue;
            }

            Assert.True(string.CompareOrdinal(item.GetProperty("created").GetString(), item.GetProperty("modified").GetString()) <= 0);
            CheckObject(type, item);
        }
    }

    private static void CheckObject(string type, JsonElement item)
    {
        switch (type)
        {
            case "identity":
                Assert.Equal("system", item.GetProperty("identity_class").GetString());
                break;
            case "indicator":
                Assert.NotEmpty(item.GetProperty("pattern").GetString()!);
                Assert.NotEmpty(item.GetProperty("name").GetString()!);
                Assert.All(item.GetProperty("indicator_types").EnumerateArray(), t => Assert.Contains(t.GetString(), (string[])["malicious-activity", "anomalous-activity"]));
                Assert.InRange(item.GetProperty("confidence").GetInt32(), 0, 100);
                Assert.True(item.TryGetProperty("valid_from", out _));
                break;
            case "observed-data":
                Assert.InRange(item.GetProperty("number_observed").GetInt64(), 1, 999_999_999);
                Assert.True(string.CompareOrdinal(item.GetProperty("first_observed").GetString(), item.GetProperty("last_observed").GetString()) <= 0);
                Assert.NotEmpty(item.GetProperty("object_refs").EnumerateArray());
                break;
            case "sighting":
                Assert.StartsWith("indicator--", item.GetProperty("sighting_of_ref").GetString(), StringComparison.Ordinal);
                Assert.True(string.CompareOrdinal(item.GetProperty("first_seen").GetString(), item.GetProperty("last_seen").GetString()) <= 0);
                break;
            case "relationship":
                string how = item.GetProperty("relationship_type").GetString()!;
                Assert.StartsWith("indicator--", item.GetProperty("source_ref").GetString(), StringComparison.Ordinal);
                Assert.StartsWith(how == "based-on" ? "observed-data--" : "attack-pattern--", item.GetProperty("target_ref").GetString(), StringComparison.Ordinal);
                break;
            case "attack-pattern":
                Assert.Equal(item.GetProperty("name").GetString(), item.GetProperty("external_references")[0].GetProperty("external_id").GetString());
                break;
            default:
                Assert.Fail($"unexpected {type}");
                break;
        }
    }

    private static string Type(JsonElement item) => item.GetProperty("type").GetString()!;

    private static JsonElement Bundle(IocReport report)
    {
        using JsonDocument document = JsonDocument.Parse(Write(new StixWriter(), report));
        return document.RootElement.Clone();
    }

    private static byte[] Write(IIocWriter writer, IocReport report)
    {
        using var output = new MemoryStream();
        writer.Write(report, output);
        return output.ToArray();
    }
}
