using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Enip;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Reporting;
using Pcapper.Tests.Running;
using Xunit;
using E = Pcapper.Tests.Protocols.Enip.EnipBytes;

namespace Pcapper.Tests.Protocols.Enip;

public sealed class EnipAnalyzerTests
{
    private static readonly HashSet<string> s_module = ["enip"];
    private static readonly byte[] s_capture = Bottling.Build();
    private static readonly Lazy<RunOutcome> s_outcome = new(() => Analysis.Of(s_capture, modules: s_module));

    private static readonly Gen<CipMessage> s_message =
        from client in Gen.Int[1, 3]
        from server in Gen.Int[1, 2]
        from slot in Gen.Int[0, 2]
        from service in Gen.OneOf<byte>(1, 5, 7, 0x0E, 0x10, 0x4C, 0x4D)
        from isRequest in Gen.Bool
        from value in Gen.Int[0, 3]
        from refusal in Gen.Int[0, 8]
        from frame in Gen.Int[1, 400]
        select new CipMessage
        {
            Flow = Flow(client, server),
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_700_000_000 + frame),
            Direction = isRequest ? Direction.ToResponder : Direction.ToOriginator,
            IsRequest = isRequest,
            Client = Address(client),
            Server = Address(100 + server),
            ServerPort = 44818,
            Station = slot,
            Service = service,
            Call = CipCalls.Of(value == 0 ? null : 1, service),
            Point = $"Tag{value}",
            Refusal = isRequest || refusal > 5 ? null : refusal,
            Poll = new IcsPollKey(slot, service, frame % 40, 1),
            Interval = value == 0 ? null : value * Timestamp.PerSecond,
            Values = [new IcsValue(value << 4, value, frame % 5, frame % 2 == 0, false, (byte)(frame % 21))],
        };

    private static readonly Gen<CipIoSeen> s_io =
        from frame in Gen.Int[1, 400]
        from connection in Gen.UInt[1, 4]
        select new CipIoSeen
        {
            Flow = Flow(1, frame % 3),
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_700_000_000 + frame),
            Direction = frame % 2 == 0 ? Direction.ToResponder : Direction.ToOriginator,
            Connection = connection,
            Sequence = 1,
            Data = "00",
            Length = 1,
        };

    private static readonly Gen<EnipIdentitySeen> s_identity =
        from frame in Gen.Int[1, 400]
        from name in Gen.Int[1, 30]
        select new EnipIdentitySeen
        {
            Flow = Flow(1, 2),
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_700_000_000 + frame),
            Host = Address(frame % 3),
            Slot = frame % 2,
            Identity = new EnipIdentity(1, null, null, 1, 12, 3, "1.2", 0, 4, $"P{name}", 3),
        };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split()
        => Laws.Hold<EnipAnalyzer>(Gen.OneOf(Laws.Emit(s_message), Laws.Emit(s_io), Laws.Emit(s_identity)), 60);

    [Fact]
    public void Ordinary_polling_and_set_points_since_the_beginning_are_no_finding()
        => Assert.Empty(Analysis.Of(Bottling.Ordinary().ToPcap(), modules: s_module).Findings);

    [Fact]
    public void The_attack_is_told() => Assert.Equal(
        ["enip.configuration-changed", "enip.new-master", "enip.point-search", "enip.restart", "enip.stop"], s_outcome.Value.Findings.Select(f => f.Type.Id).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("07 02 20 8e 24 01", "enip.stop")]
    [InlineData("06 02 20 8e 24 01", "enip.start")]
    [InlineData("05 02 20 01 24 01 00", "enip.restart")]
    [InlineData("10 03 20 f5 24 01 30 05 01 02", "enip.configuration-changed")]
    [InlineData("10 03 20 8b 24 01 30 06 01 02", "enip.time-set")]
    [InlineData("4c 02 20 37 24 01 01", "enip.file-written")]
    [InlineData("4b 02 20 37 24 01 01", "enip.file-read")]
    [InlineData("4b 02 20 67 24 01 07 4d 00 01 00 00 00 0f 00 01 00 80 06", "enip.configuration-changed")]
    [InlineData("01 02 20 01 24 01", null)]
    [InlineData("54 02 20 06 24 01 07 e9", null)]
    public void Commands_that_are_findings_by_themselves(string request, string? id)
        => Assert.Equal(id is null ? [] : [id], Ids(t => Bottling.Open(t).Says(E.Loose(1, Hex.Bytes(request)))));

    [Fact]
    public void Many_who_are_asked_what_they_are_are_a_survey()
    {
        Assert.Equal(["enip.survey"], Survey(5));
        Assert.Empty(Survey(4));
    }

    [Fact]
    public void Tags_and_their_values_are_told()
    {
        Assert.Equal(["Speed 13 1200 9000", "TCP/IP interface attribute 5 1 67305985 67305985"], Table("written").Rows.GroupBy(r => r[2].String)
            .Select(g => $"{g.Key} {g.Sum(r => r[5].Long)} {g.Min(r => r[9].String)} {g.Max(r => r[10].String)}").Order(StringComparer.Ordinal));
        IReadOnlyList<Cell> level = Table("values").Rows.Single(r => r[2].String == "Line.Level");
        Assert.Equal((180, "1.5", "3"), ((int)level[5].Long, level[9].String, level[10].String));
        Assert.Equal(2, Table("devices").Rows.Count);
        Assert.Equal([2L, 1L], Table("io").Rows.Select(r => r[3].Long));
    }

    [Fact]
    public void Filters_select_what_is_cited() => Tshark.SelectsEvidence(s_capture, s_outcome.Value.Findings);

    [Fact]
    public void The_reports_stay()
    {
        GoldenReport.Text("enip", s_outcome.Value);
        GoldenReport.Markdown("enip", s_outcome.Value);
        GoldenReport.Json("enip", s_outcome.Value);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Any_number_of_workers_gives_the_same_bytes(int workers)
        => Assert.Equal(Analysis.Json(s_outcome.Value), Analysis.Json(Analysis.Of(s_capture, workers, s_module)));

    private static IpAddress Address(int last) => IpAddress.FromIPv4(0xC000_0200 + (uint)last);

    private static FlowId Flow(int client, int server) => new(new FlowKey(Address(client), 49152, Address(100 + server), 44818, IpProtocol.Tcp, default), new FrameRef(0, 1));

    private static Table Table(string id) => Blocks(s_outcome.Value.Sections.Single(s => s.Module == "enip").Blocks).OfType<Table>().Single(t => t.Id == $"enip.{id}");

    private static IEnumerable<Block> Blocks(IEnumerable<Block> blocks) => blocks.SelectMany(b => b is DetailBlock detail ? Blocks(detail.Blocks) : [b]);

    private static IEnumerable<string> Ids(Action<TcpConversation> talk)
        => Analysis.Of(Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:44818", talk).ToPcap(), modules: s_module).Findings.Select(f => f.Type.Id);

    private static IEnumerable<string> Survey(int servers)
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < servers; i++)
        {
            capture = capture.Tcp($"192.0.2.5:{49152 + i}", $"192.0.2.{100 + i}:44818", t => t.Says(E.AskIdentity).Replies(E.Identity("1756-ENBT/A")));
        }

        return Analysis.Of(capture.ToPcap(), modules: s_module).Findings.Select(f => f.Type.Id);
    }
}
