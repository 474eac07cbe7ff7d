using System.Text;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Ioc.Lists;
using Xunit;

namespace Pcapper.Tests.Analyses.Ioc;

public sealed class IocListTests
{
    private const string Hash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    [Fact]
    public void A_text_has_an_entry_a_line()
    {
        IocList list = Read("# comment\r\n\r\n203[.]0[.]113[.]9 # a note\nhxxps://Evil[.]example/a\n198.51.100.0/24\n*.bad.example\n0.0.0.0 ads.example\n2001:db8::/32\nx@mail.example\nwhat is this\n0.0.0.0/0\n");
        Assert.Equal(
            ["203.0.113.9", "https://evil.example/a", "198.51.100.0", "bad.example", "ads.example", "2001:db8::", "x@mail.example"], list.Patterns.Select(p => p.Terms[0].Value));
        Assert.Equal("line 3", list.Patterns[0].Place);
        Assert.Equal((WatchMode.Subnet, 120), (list.Patterns[2].Terms[0].Mode, list.Patterns[2].Terms[0].Prefix));
        Assert.Equal(2, list.Skipped);
    }

    [Fact]
    public void A_table_has_a_column_of_values()
    {
        IocList list = Read("id,Type,Value\r\n1,domain,\"evil.example\"\r\n2,\"sha256\"," + Hash + "\r\n3,registry-key,HKLM\r\n4,,203.0.113.7\r\n");
        Assert.Equal([IndicatorKind.Domain, IndicatorKind.Sha256, IndicatorKind.Address], list.Patterns.Select(p => p.Terms[0].Kind));
        Assert.Equal("line 2", list.Patterns[0].Place);
        Assert.Equal(1, list.Skipped);
    }

    [Theory]
    [InlineData("[ipv4-addr:value = '203.0.113.9']", "203.0.113.9")]
    [InlineData("[ipv4-addr:value = '203.0.113.0/24']", "203.0.113.0")]
    [InlineData("[domain-name:value = 'a.example' OR domain-name:value = 'b.example']", "a.example|b.example")]
    [InlineData("[domain-name:value = 'a.example'] AND [url:value='http://b.example/it\\'s']", "a.example&http://b.example/it's")]
    [InlineData("[domain-name:value = 'a.example' AND url:value = 'http://x.example/'] OR [file:hashes.'SHA-256' = '" + Hash + "']", "a.example&http://x.example/|" + Hash)]
    [InlineData("[domain-name:value LIKE 'a%']", null)]
    [InlineData("[domain-name:value != 'a.example']", null)]
    [InlineData("([domain-name:value = 'a.example'])", null)]
    [InlineData("[domain-name:value = 'a.example'] FOLLOWEDBY [domain-name:value = 'b.example']", null)]
    [InlineData("[domain-name:value = 'a.example'] WITHIN 5 SECONDS", null)]
    [InlineData("[process:name = 'x']", null)]
    [InlineData("[domain-name:value = 'a.example", null)]
    [InlineData("[domain-name:value = 'a.example' OR ]", null)]
    [InlineData("", null)]
    public void Simple_patterns_of_STIX_are_read_and_others_not_at_all(string pattern, string? expected)
    {
        IocList list = Read("{\"type\":\"bundle\",\"objects\":[{\"type\":\"indicator\",\"id\":\"indicator--1\",\"pattern_type\":\"stix\",\"pattern\":" + System.Text.Json.JsonSerializer.Serialize(pattern) + "}]}");
        Assert.Equal(expected ?? "", string.Join('|', list.Patterns.Select(p => string.Join('&', p.Terms.Select(t => t.Value)))));
        Assert.Equal(expected is null ? 1 : 0, list.Skipped);
    }

    [Fact]
    public void Attributes_of_MISP_are_read_unless_they_are_context()
    {
        IocList list = Read("""
            {"Event":{"Attribute":[{"type":"ip-dst|port","value":"203.0.113.9|443","uuid":"u1","to_ids":true},{"type":"domain","value":"context.example","to_ids":false}],
            "Object":[{"name":"file","Attribute":[{"type":"filename|md5","value":"a.exe|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","to_ids":true},{"type":"ja3-fingerprint-md5","value":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}]}]}}
            """);
        Assert.Equal(["203.0.113.9", new string('a', 32), new string('b', 32)], list.Patterns.Select(p => p.Terms[0].Value));
        Assert.Equal("u1", list.Patterns[0].Place);
    }

    [Theory]
    [InlineData("{\"a\":1}", "neither a STIX")]
    [InlineData("{\"type\":\"bundle\",", "damaged")]
    [InlineData("\u0000\u0001", "no text")]
    [InlineData("nothing here that is one\n", "no indicators")]
    public void What_is_no_list_is_said_plainly(string content, string says)
        => Assert.Contains(says, Read(content).Problem, StringComparison.Ordinal);

    [Fact]
    public void Nesting_and_entries_are_bounded()
    {
        Assert.Contains("nested too deeply", Read(new string('[', 100_000)).Problem, StringComparison.Ordinal);
        IocList list = IocListReader.Read("list", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i}.example\n"))), 10);
        Assert.Equal(10, list.Patterns.Count);
        Assert.Contains("too many", list.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_survived()
    {
        Gen.Byte.Array[0, 600].Always(bytes => IocListReader.Read("fuzz", bytes, 100).Patterns.Count <= 100, iterations: 2000);
        string[] pieces = ["{", "}", "[", "]", "\"type\":\"bundle\"", ",", "\"objects\":", "\"Event\":", "\"Attribute\":", "\"response\":", "1", "null", "\"value\":\"x\"", "\"pattern\":\"[a:b = '\"", "'", "\"", "\n", "a.example", "203.0.113.9/33", "type,value"];
        Gen.OneOf(pieces).Array[0, 40].Always(parts => Read(string.Concat(parts)).Patterns.Count >= 0, iterations: 3000);
        Gen.OneOf("[", "]", "domain-name:value", "=", "'a.example'", " ", "AND", "OR", "'", "\\").Array[0, 60].Always(parts => (StixPattern.Read(string.Join(' ', parts))?.Count ?? 0) <= 64, iterations: 3000);
    }

    [Fact]
    public void Matches_raise_findings_with_the_entry_and_the_frames()
    {
        byte[] capture = IocAnalyzerTests.Web("203.0.113.9:80", "cdn.shop.example");
        IocList list = Read("203.0.113.0/24\nshop.example\nhttp://cdn.shop.example/a.bin?x=1\nother.example\n");
        RunOutcome outcome = IocAnalyzerTests.Run(capture, new IocOptions { Watched = list.Patterns });
        Finding[] found = [.. outcome.Findings.Where(f => f.Type.Id == "ioc.match")];
        Assert.Equal(3, found.Length);
        Finding url = Assert.Single(found, f => f.Severity == Severity.High);
        Assert.Contains("list (line 3)", url.Summary, StringComparison.Ordinal);
        Assert.Equal("10.0.0.5", url.Source?.ToString());
        Assert.All(found, f => Assert.NotEmpty(f.Evidence));
        Assert.Contains(found, f => f.Summary.Contains("in 203.0.113.0/24", StringComparison.Ordinal) && f.DisplayFilter == "ip.addr == 203.0.113.9");
        Assert.Contains(found, f => f.Summary.Contains("below shop.example", StringComparison.Ordinal));
        Assert.Equal(3, outcome.Observables.Count(o => o.IsIndicator));
    }

    [Fact]
    public void A_pattern_of_two_terms_needs_both()
    {
        byte[] capture = IocAnalyzerTests.Web("203.0.113.9:80", "shop.example");
        WatchedTerm seen = new(IndicatorKind.Domain, "shop.example", WatchMode.Exact);
        WatchedTerm address = new(IndicatorKind.Address, "203.0.113.9", WatchMode.Exact);
        WatchedTerm unseen = new(IndicatorKind.Domain, "other.example", WatchMode.Exact);
        Assert.DoesNotContain(IocAnalyzerTests.Run(capture, new IocOptions { Watched = [new WatchedPattern([seen, unseen], "l", "1")] }).Findings, f => f.Type.Id == "ioc.match");
        Assert.Single(IocAnalyzerTests.Run(capture, new IocOptions { Watched = [new WatchedPattern([seen, address], "l", "1")] }).Findings, f => f.Type.Id == "ioc.match");
    }

    private static IocList Read(string text) => IocListReader.Read("list", Encoding.UTF8.GetBytes(text));
}
