using Pcapper.Engine;
using Xunit;

namespace Pcapper.Tests;

public sealed class MarkdownRendererTests
{
    [Fact]
    public void A_finding_is_a_list_with_its_evidence_and_a_filter_to_paste() => Assert.Contains(
        """
        ### F1 high: Beacon

        - who: 10.20.0.31 \> 203.0.113.77:443 cdn-stat.example
        - what: 48 requests every 60.2 s to cdn-stat.example
        - when: 08:59:58 .. 09:14:57 (14 min 59 s)   48 times
        - measured: periodicity 0.98 (needs 0.8); jitter 4 %
        - evidence: frames 2210, 2398, 2544, 2:3 (+44)
        - check: `ip.addr == 10.20.0.31 && ip.addr == 203.0.113.77 && tcp.port == 443`
        - flows: `1:abc=`
        - type: `beacon.periodic`, confidence 90 %
        - ATT&CK: T1071.001
        - unless: a monitoring agent
        """,
        Render());

    [Fact]
    public void A_table_is_a_table() => Assert.Contains(
        """
        | client | queries | port | bytes | share | first seen | names | frames | inside | score | name |
        | --- | ---: | ---: | ---: | ---: | --- | --- | --- | --- | ---: | --- |
        | 10.20.0.31 | 1,301 | 49152 | 2.8 KiB | 68 % | 08:59:58 | cdn-stat.example, b | 3, 6, 9 (+9) | yes | 0.25 | cdn-stat.example |

        (1 of 5)
        """,
        Render());

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("`x` *b* _i_ [l](u) <t> & \\", "\\`x\\` \\*b\\* \\_i\\_ \\[l\\](u) \\<t\\> \\& \\\\")]
    [InlineData("http://evil.example", "http\\://evil.example")]
    [InlineData("www.evil.example", "www\\.evil.example")]
    [InlineData("a@evil.example", "a\\@evil.example")]
    [InlineData("1. item", "1\\. item")]
    [InlineData("- item", "\\- item")]
    [InlineData("    code", "code")]
    [InlineData("10.20.0.31", "10.20.0.31")]
    public void Text_stays_text(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));

    [Theory]
    [InlineData("a", "`a`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`a``", "``` `a`` ```")]
    [InlineData("", "`  `")]
    public void Code_holds_any_backticks(string text, string expected) => Assert.Equal(expected, MarkdownText.Code(text));

    private static string Render() => SampleReport.Render(new MarkdownRenderer(), SampleReport.Make());
}
