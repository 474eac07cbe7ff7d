using Pcapper.Engine;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Analyses.Protocols;

public sealed class ArpFindingsTests
{
    private const ulong First = 0x0200_0000_0011;
    private const ulong Second = 0x0200_0000_0022;
    private const ulong Victim = 0x0200_0000_0033;
    private const ulong Everyone = 0xFFFF_FFFF_FFFF;

    private static readonly HashSet<string> s_modules = ["protocols", "ips"];

    [Fact]
    public void Who_tells_each_of_two_hosts_that_it_is_the_other_stands_between_them()
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < 5; i++)
        {
            Reply(Reply(capture, First, "10.0.0.1", "10.0.0.5"), First, "10.0.0.5", "10.0.0.1");
        }

        Finding finding = Assert.Single(Findings(capture));
        Assert.Equal(("protocols.arp-spoofing", "02:00:00:00:00:11 between 10.0.0.1 and 10.0.0.5", 10L), (finding.Type.Id, finding.Subject, finding.Count));
    }

    [Fact]
    public void Two_frames_each_are_a_conflict_that_blames_nobody()
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < 2; i++)
        {
            Reply(Reply(capture, First, "10.0.0.1", "10.0.0.5"), Second, "10.0.0.1", "10.0.0.5");
        }

        Finding finding = Assert.Single(Findings(capture));
        Assert.Equal(("protocols.arp-conflict", "10.0.0.1 claimed by 2 hosts", Severity.Low), (finding.Type.Id, finding.Subject, finding.Severity));
        Assert.Contains("02:00:00:00:00:11 (2 frames), 02:00:00:00:00:22 (2 frames)", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_in_turns_weigh_more_but_blame_nobody()
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < 20; i++)
        {
            Reply(Reply(capture, First, "10.0.0.1", "10.0.0.5"), Second, "10.0.0.1", "10.0.0.5");
        }

        Finding finding = Assert.Single(Findings(capture));
        Assert.Equal(("protocols.arp-conflict", Severity.Medium), (finding.Type.Id, finding.Severity));
    }

    [Fact]
    public void The_host_whose_IP_frames_carry_the_address_has_it()
    {
        CaptureBuilder capture = Capture.New();
        capture.Udp("10.0.0.1:5000", "10.0.0.9:53", talk => talk.Says([1, 2, 3]).Replies([4, 5, 6]));
        for (int i = 0; i < 10; i++)
        {
            Reply(Reply(capture, Second, "10.0.0.1", "10.0.0.5"), FrameBuilder.ClientMac, "10.0.0.1", "10.0.0.5");
        }

        Finding tie = Assert.Single(Findings(capture));
        Assert.Equal("protocols.arp-conflict", tie.Type.Id);

        capture = Capture.New();
        capture.Udp("10.0.0.1:5000", "10.0.0.9:53", talk => talk.Says([1, 2, 3]).Replies([4, 5, 6]));
        for (int i = 0; i < 10; i++)
        {
            Ask(Reply(capture, Second, "10.0.0.1", "10.0.0.5"), FrameBuilder.ClientMac, "10.0.0.1", "10.0.0.8");
        }

        RunOutcome outcome = Analysis.Of(capture.ToPcap(), modules: s_modules);
        Finding finding = Assert.Single(outcome.Findings);
        Assert.Equal(("protocols.arp-spoofing", "10.0.0.1 claimed by 02:00:00:00:00:22"), (finding.Type.Id, finding.Subject));
        Assert.Contains("IP frames come from 02:00:00:00:00:01", finding.Summary, StringComparison.Ordinal);

        Section hosts = outcome.Sections.Single(s => s.Module == "ips");
        Table table = hosts.Blocks.OfType<Table>().First(t => t.Id == "ips.hosts");
        Assert.Equal("02:00:00:00:00:01", table.Rows.Single(r => r[0].String == "10.0.0.1")[7].String);
        Assert.Contains(hosts.Blocks.OfType<NoteBlock>(), n => n.Text.StartsWith("1 address has several link addresses by ARP and IP frames: 10.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public void One_finding_an_address_however_many_claim_it()
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < 2000; i++)
        {
            Reply(capture, 0x0200_0000_0000 + (ulong)(i % 1000), "10.0.0.1", "10.0.0.5");
        }

        Finding finding = Assert.Single(Findings(capture));
        Assert.Equal(("10.0.0.1 claimed by 1,000 hosts", 2000L), (finding.Subject, finding.Count));
        Assert.Contains("and 996 others", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_contested_addresses_are_counted_and_a_few_named()
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 1; i <= 100; i++)
        {
            Reply(Reply(capture, First, $"10.0.0.{i}", "10.0.1.5"), Second, $"10.0.0.{i}", "10.0.1.5");
        }

        RunOutcome outcome = Analysis.Of(capture.ToPcap(), modules: s_modules);
        Assert.Equal(20, outcome.Findings.Count);
        Assert.Contains(
            outcome.Sections.Single(s => s.Module == "protocols").Blocks.OfType<NoteBlock>(),
            n => n.Text.StartsWith("ARP: 100 contested addresses", StringComparison.Ordinal));
    }

    // Looking at all pairs of them would take two hundred million steps.
    [Fact]
    public void Twenty_thousand_claims_of_one_host_are_looked_at_once_each()
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < 20_000; i++)
        {
            Reply(capture, First, $"10.1.{i / 256}.{i % 256}", "10.200.0.5");
        }

        Assert.Empty(Findings(capture));
    }

    [Fact]
    public void Asking_for_many_unused_addresses_at_once_is_a_scan()
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 1; i <= 60; i++)
        {
            Ask(capture, First, "10.0.0.9", $"10.0.0.{i}");
        }

        Finding finding = Assert.Single(Findings(capture));
        Assert.Equal(("protocols.arp-scan", Severity.Medium), (finding.Type.Id, finding.Severity));
        Assert.Equal("asked for 59 addresses in 59 ms, 0 of which were seen to be in use", finding.Summary);
    }

    [Fact]
    public void A_router_that_asks_for_its_hosts_does_not_scan()
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 1; i <= 5; i++)
        {
            string server = $"198.51.100.{i}:53";
            capture.Udp("10.0.0.7:5000", server, talk => talk.Says([1, 2, 3]).Replies([4, 5, 6]));
        }

        for (int i = 1; i <= 60; i++)
        {
            Ask(capture, FrameBuilder.ServerMac, "10.0.0.254", $"10.0.0.{i}");
        }

        Assert.Equal(Severity.Info, Assert.Single(Findings(capture)).Severity);
    }

    [Theory]
    [InlineData(2000, 1)]
    [InlineData(10, 6)]
    public void Asking_slowly_or_again_and_again_is_no_scan(int milliseconds, int times)
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < 60 * times; i++)
        {
            Ask(capture.Waits(milliseconds), First, "10.0.0.9", $"10.0.0.{1 + (i % 60)}");
        }

        Assert.Empty(Findings(capture));
    }

    private static IReadOnlyList<Finding> Findings(CaptureBuilder capture) => Analysis.Of(capture.ToPcap(), modules: s_modules).Findings;

    private static CaptureBuilder Reply(CaptureBuilder capture, ulong mac, string address, string told)
        => capture.Frame(FrameBuilder.Ethernet(FrameBuilder.Arp(2, mac, address, Victim, told), 0x0806, mac, Victim));

    private static CaptureBuilder Ask(CaptureBuilder capture, ulong mac, string address, string target)
        => capture.Frame(FrameBuilder.Ethernet(FrameBuilder.Arp(1, mac, address, 0, target), 0x0806, mac, Everyone));
}
