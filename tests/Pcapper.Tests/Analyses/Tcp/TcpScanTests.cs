using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Tcp;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Analyses.Tcp;

public sealed class TcpScanTests
{
    private static readonly HashSet<string> s_modules = ["tcp", "services"];

    private static readonly Gen<(int Source, int Port, bool IsOpen)> s_probe = Gen.Select(Gen.Int[1, 2], Gen.Int[1, 40], Gen.Bool);

    [Fact]
    public void Ports_that_a_scan_finds_open_are_not_lost()
    {
        CaptureBuilder capture = Capture.New();
        for (int port = 1; port <= 100; port++)
        {
            Probe(capture, port, isOpen: port is 78 or 42);
        }

        RunOutcome outcome = Analysis.Of(capture.ToPcap(), modules: s_modules);
        Finding scan = Assert.Single(outcome.Findings);
        Assert.StartsWith("98 ports refused or silent", scan.Summary, StringComparison.Ordinal);
        Assert.EndsWith("; open: 42, 78", scan.Summary, StringComparison.Ordinal);

        Table servers = Table(outcome, "tcp.servers");
        Assert.Equal(["42 open, never completed", "78 open, never completed", "1 closed"], servers.Rows.Take(3).Select(r => $"{r[1].Long} {r[2].String}"));
        Assert.Equal(CellKind.Code, servers.Columns[1].Kind);
        Assert.Equal(["42 half-open only", "78 half-open only"], Table(outcome, "services.servers").Rows.Select(r => $"{r[1].Long} {r[11].String}"));
    }

    [Fact]
    public void Ten_open_ports_are_named()
    {
        CaptureBuilder capture = Capture.New();
        for (int port = 1; port <= 100; port++)
        {
            Probe(capture, port, isOpen: port % 8 == 0);
        }

        Assert.EndsWith("; open: 8, 16, 24, 32, 40, 48, 56, 64, 72, 80 and more", Assert.Single(Analysis.Of(capture.ToPcap(), modules: s_modules).Findings).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split()
        => Laws.Hold<TcpAnalyzer, FlowEnded>(s_probe.Select(p => Analysis.Records<FlowEnded>(Probe(Capture.New(), p.Port, p.IsOpen, p.Source).ToPcap())[0]), iterations: 20);

    private static CaptureBuilder Probe(CaptureBuilder capture, int port, bool isOpen, int source = 1)
    {
        (string scanner, string target) = ($"192.0.2.{source}:40000", $"192.0.2.99:{port}");
        capture.Packet(FrameBuilder.Tcp(scanner, target, 1, 0, TcpFlags.Syn));
        capture.Packet(FrameBuilder.Tcp(target, scanner, 7, 2, TcpFlags.Ack | (isOpen ? TcpFlags.Syn : TcpFlags.Rst)), fromClient: false);
        return isOpen ? capture.Packet(FrameBuilder.Tcp(scanner, target, 2, 0, TcpFlags.Rst)) : capture;
    }

    private static Table Table(RunOutcome outcome, string id) => outcome.Sections.SelectMany(s => s.Blocks).OfType<Table>().Single(t => t.Id == id);
}
