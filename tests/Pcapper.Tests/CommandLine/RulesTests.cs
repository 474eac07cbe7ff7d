using Pcapper.Commands;
using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.CommandLine;

/// <summary>What users change about detections.</summary>
public sealed class RulesTests
{
    private static readonly Catalog s_catalog = new();

    [Fact]
    public void The_list_of_detections_is_a_file_of_rules_that_changes_nothing()
    {
        string list = DetectionsCommand.Write(DetectionsCommand.Types(s_catalog));
        DetectionRules rules = RulesFile.Parse(list, "list", s_catalog);
        Assert.Empty(rules.Off);
        Assert.NotEmpty(rules.Thresholds);
        Assert.All(rules.Thresholds, t => Assert.Equal(t.Key.Usual, t.Value));
        Assert.All(DetectionsCommand.Types(s_catalog), type => Assert.Equal(type.Severity, rules.Severities[type.Id]));
    }

    [Theory]
    [InlineData("[tcp.port-scan]\nports = 31", null)]
    [InlineData("[tcp.port-scan]\nports = 30", 30)]
    [InlineData("[\"tcp.port-scan\"]\nfailures = 100", 20)]
    public void Thresholds_decide_and_are_told(string rules, int? expected)
        => Assert.Equal(expected is { } threshold ? [(double)threshold] : [], Scan(30, rules).Select(f => f.Measures[0].Threshold));

    [Fact]
    public void Severities_are_set_and_detections_are_off()
    {
        Assert.Equal(Severity.Critical, Assert.Single(Scan(30, "[tcp.port-scan]\nseverity = \"critical\"")).Severity);
        Assert.Empty(Scan(30, "[tcp.port-scan]\nenabled = false"));
        Assert.Single(Scan(30, "[tcp.port-scan]\nenabled = true"));
    }

    [Theory]
    [InlineData("x = 1", "line 1: a value outside of the table of a detection, such as [tcp.port-scan]")]
    [InlineData("\n[tcp.portscan]\n", "line 2: no detection tcp.portscan; did you mean tcp.port-scan? (pcapper detections lists all)")]
    [InlineData("[tcp.port-scan]\n\nport = 5", "line 3: tcp.port-scan has no port; there are enabled, severity, ports, failures, block")]
    [InlineData("[tcp.port-scan]\nports = 0", "line 2: ports is a whole number of 1 or more: ports of one host that refuse or keep silent, at least")]
    [InlineData("[tcp.port-scan]\nports = 2.5", "line 2: ports is a whole number of 1 or more: ports of one host that refuse or keep silent, at least")]
    [InlineData("[tcp.port-scan]\nseverity = \"3\"", "line 2: severity is \"critical\", \"high\", \"medium\", \"low\" or \"info\"")]
    [InlineData("[tcp.port-scan]\nenabled = 1", "line 2: enabled is true or false")]
    public void Mistakes_are_told_with_their_line(string rules, string expected)
        => Assert.Equal($"cannot use the rules in r.toml, {expected}", Assert.Throws<PcapperException>(() => RulesFile.Parse(rules, "r.toml", s_catalog)).Message);

    [Fact]
    public void What_is_no_TOML_is_told_with_its_line()
        => Assert.StartsWith("cannot use the rules in r.toml, line 2: ", Assert.Throws<PcapperException>(() => RulesFile.Parse("[tcp.port-scan]\nports = ", "r.toml", s_catalog)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_program_lists_detections()
    {
        Assert.Contains("[tcp.port-scan]\n# Port scan\n# ATT&CK T1046\n", Cli.Run("detections").Output, StringComparison.Ordinal);
        Assert.StartsWith("[tcp.host-sweep]", Cli.Run("detections", "host-sweep").Output, StringComparison.Ordinal);
        Assert.Equal((2, "pcapper: no detection has \"nonsense\" in its id or title\n"), (Cli.Run("detections", "nonsense").ExitCode, Cli.Run("detections", "nonsense").Error));
        Assert.StartsWith("pcapper: cannot read the rules in ", Cli.Run("x.pcap", "--rules", "/nowhere/rules.toml").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--evidence-out", "DIR")]
    [InlineData("--extract", "NAME")]
    [InlineData("--view", "NAME")]
    [InlineData("--email-out", "DIR")]
    public void An_option_is_no_value_of_another(string option, string value)
        => Assert.Equal((2, $"pcapper: {option} needs {value}, but --no-status follows (a value of that name is written {option}=./--no-status)\n"), (Cli.Run("x.pcap", option, "--no-status").ExitCode, Cli.Run("x.pcap", option, "--no-status").Error));

    private static IReadOnlyList<Finding> Scan(int ports, string rules)
    {
        CaptureBuilder capture = Capture.New();
        for (int port = 1; port <= ports; port++)
        {
            (string scanner, string target) = ($"192.0.2.5:{40000 + port}", $"192.0.2.9:{port}");
            capture.Packet(FrameBuilder.Tcp(scanner, target, 1, 0, TcpFlags.Syn)).Packet(FrameBuilder.Tcp(target, scanner, 7, 2, TcpFlags.Ack | TcpFlags.Rst), fromClient: false);
        }

        byte[] bytes = capture.ToPcap();
        return Run.Analyze(
            [new CaptureSource("test.pcap", bytes.Length, index => CaptureFile.Open(new MemoryStream(bytes), index))], s_catalog,
            new RunOptions { Modules = new HashSet<string> { "tcp" }, Rules = RulesFile.Parse(rules, "r.toml", s_catalog) }).Findings;
    }
}
