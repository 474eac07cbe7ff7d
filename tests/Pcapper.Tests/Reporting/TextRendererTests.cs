using System.Text.RegularExpressions;
using Pcapper.Engine;
using Xunit;

namespace Pcapper.Tests;

public sealed class TextRendererTests
{
    [Fact]
    public void The_default_screen() => Assert.Equal(
        """
        office-day.pcapng   pcapng, 2.9 MiB, 18,241 frames, 1 interface (Ethernet)
        2026-02-04 08:59:58.113 .. 09:18:40.907 UTC   18 min 42 s   4.1 Mbit/s peak
        capture quality: good (0 dropped, 0 cut, 3 of 1,204 flows one-sided, 0.2 % of TCP data missing)
        comment: cdn-stat.example
        problem: limit hit in cdn-stat.example

        VERDICT  one host likely compromised (confidence: medium)
          10.20.0.31 cdn-stat.example

        FINDINGS   critical 0   high 1   medium 0   low 1   info 0
          high     F1  Beacon                    10.20.0.31 > 203.0.113.77:443 cdn-stat.example    T1071.001
                      48 requests every 60.2 s to cdn-stat.example
                      frames 2210, 2398, 2544 (+45)
                      ip.addr == 10.20.0.31 && ip.addr == 203.0.113.77 && tcp.port == 443
          low      F2  Long DNS names            cdn-stat.example                                  T1048.003
                      3 names of more than 50 characters
                      frame 2:7   dns && dns.qry.name == "cdn-stat.example"

        SIGNALS   beacon candidates 1 (--beacon)   cdn-stat.example 0

        TRAFFIC   protocol            flows       bytes   share
                  tls                   402     1.4 MiB    48 %  ##############
                  cdn-stat.example        9    30.0 KiB     1 %  #
                  (12 more: --protocols)

        NEXT      pcapper cdn-stat.example --timeline -ip 10.20.0.31

        DNS   1,022 messages about cdn-stat.example
          findings: F2 low Long DNS names
          messages 1,022   median answer 12 ms   name cdn-stat.example   huge 9,223,372,036,854,775,807
          Note: cdn-stat.example

          clients
          client      queries   port    bytes  share  first seen  names       frames        inside  score
          10.20.0.31    1,301  49152  2.8 KiB   68 %  08:59:58    cdn-stat.…  3, 6, 9 (+9)  yes      0.25
          (not shown: name; -v for all)
          (1 of 5; -v for all)

          kinds
          A                 2.0 KiB  ########################################
          cdn-stat.example     10 B  #

          queries over time
          █                             ▂
          from 08:59:58, 1 s a column, at most 10

        """,
        Render(new RenderOptions { Width = 100 }));

    [Fact]
    public void A_finding_in_full()
    {
        string text = Render(new RenderOptions { Width = 80, Verbose = true });
        Assert.Contains(
            """
            F1 high  Beacon   beacon.periodic   confidence 90 %   ATT&CK T1071.001
               who        10.20.0.31 > 203.0.113.77:443 cdn-stat.example
               what       48 requests every 60.2 s to cdn-stat.example
               when       2026-02-04 08:59:58.113204 .. 2026-02-04 09:14:57.113204 (14 min
                          59 s) 48 times
               measured   periodicity 0.98 (needs 0.8)   jitter 4 %
               evidence   frames 2210, 2398, 2544, 2:3 (+44)
               check      ip.addr == 10.20.0.31 && ip.addr == 203.0.113.77 && tcp.port == 443
               community  1:abc=
               unless     a monitoring agent
            """,
            text);
        Assert.Contains("  0000  63 64 6e 2d 73 74 61 74 2e 65 78 61 6d 70 6c 65  cdn-stat.example\n", text);
        Assert.Contains("detail of", text);
    }

    [Fact]
    public void Details_are_for_verbose_only() => Assert.DoesNotContain("detail of", Render(new RenderOptions()));

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(132)]
    public void No_line_but_a_filter_or_command_is_wider_than_the_terminal(int width)
    {
        string text = Render(new RenderOptions { Width = width }, "漢字の名前 with many words 漢字の名前漢字の名前漢字の名前");
        Assert.All(
            text.Split('\n').Where(line => !line.Contains("==") && !line.Contains("&&") && !line.Contains("pcapper ")),
            line => Assert.True(TextWidth.Of(line) <= width, line));
    }

    [Fact]
    public void Colour_changes_nothing_but_colour()
    {
        string colored = Render(new RenderOptions { Color = true });
        Assert.Contains("\e[31mhigh\e[0m", colored);
        Assert.Equal(Render(new RenderOptions()), Regex.Replace(colored, "\e\\[[0-9;]*m", string.Empty, RegexOptions.NonBacktracking));
    }

    [Fact]
    public void A_quiet_capture_is_short()
    {
        var document = new ReportDocument(new ReportHeader("pcapper", "1", []), [SampleReport.Capture(0, "a.pcap")], [])
        {
            Overview = new Overview { Verdict = new Verdict(VerdictLevel.NothingFound, string.Empty, [], "nothing suspicious found") },
        };
        Assert.EndsWith("\n\nVERDICT  nothing suspicious found\n\nFINDINGS   none\n", SampleReport.Render(new TextRenderer(), document));
    }

    [Fact]
    public void Culture_changes_nothing()
        => Assert.Equal(Render(new RenderOptions()), SampleReport.InTurkish(() => Render(new RenderOptions())));

    private static string Render(RenderOptions options, string text = "cdn-stat.example") => SampleReport.Render(new TextRenderer(), SampleReport.Make(text), options);
}
