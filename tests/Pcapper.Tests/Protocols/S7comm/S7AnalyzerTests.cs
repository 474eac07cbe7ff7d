using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Modules.Protocols.S7comm;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Reporting;
using Pcapper.Tests.Running;
using Xunit;
using S = Pcapper.Tests.Protocols.S7comm.S7Bytes;

namespace Pcapper.Tests.Protocols.S7comm;

public sealed class S7AnalyzerTests
{
    private static readonly HashSet<string> s_module = ["s7"];
    private static readonly byte[] s_capture = Mill.Build();
    private static readonly Lazy<RunOutcome> s_outcome = new(() => Analysis.Of(s_capture, modules: s_module));

    private static readonly Gen<S7Message> s_message =
        from client in Gen.Int[1, 3]
        from server in Gen.Int[1, 2]
        from slot in Gen.Int[0, 2]
        from function in Gen.OneOf<byte>(4, 5, 0x1A, 0x1D, 0x28, 0x29, 0x77)
        from isRequest in Gen.Bool
        from value in Gen.Int[0, 3]
        from refusal in Gen.Int[0, 4]
        from frame in Gen.Int[1, 400]
        select new S7Message
        {
            Flow = Flow(client, server),
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_700_000_000 + frame),
            Direction = isRequest ? Direction.ToResponder : Direction.ToOriginator,
            IsRequest = isRequest,
            Client = Address(client),
            Server = Address(100 + server),
            ServerPort = 102,
            Station = slot,
            Kind = S7Kind.Job,
            Call = value == 3 ? S7Calls.OfUserData(5, 1) : S7Calls.OfJob(function),
            Refusal = isRequest || refusal > 3 ? null : refusal,
            Poll = new IcsPollKey(slot, function, frame % 40, 1),
            Interval = value == 0 ? null : value * Timestamp.PerSecond,
            Block = function is 0x1A or 0x1D ? "_0800001P" : null,
            Values = [new IcsValue(0x0484_0001, value, frame % 5, frame % 2 == 0, false, (byte)(frame % 21))],
            Identities = value == 1 ? [new S7Identity("module", "6ES7")] : [],
            IsClientAnswer = frame % 50 == 0,
        };

    private static readonly Gen<S7PlusMessage> s_plus =
        from frame in Gen.Int[1, 400]
        from version in Gen.Byte[1, 6]
        select new S7PlusMessage
        {
            Flow = Flow(1, frame % 3),
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_700_000_000 + frame),
            Direction = frame % 2 == 0 ? Direction.ToResponder : Direction.ToOriginator,
            Version = version,
        };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<S7Analyzer>(Gen.OneOf(Laws.Emit(s_message), Laws.Emit(s_plus)), 60);

    [Fact]
    public void Ordinary_polling_and_set_points_since_the_beginning_are_no_finding()
        => Assert.Empty(Analysis.Of(Mill.Ordinary().ToPcap(), modules: s_module).Findings);

    [Fact]
    public void The_attack_is_told() => Assert.Equal(
        ["s7.new-master", "s7.password-guessing", "s7.point-search", "s7.program-read", "s7.program-written", "s7.stop"],
        s_outcome.Value.Findings.Select(f => f.Type.Id).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("29 00 00 00 00 00 09 50 5f 50 52 4f 47 52 41 4d", "s7.stop")]
    [InlineData("28 00 00 00 00 00 00 fd 00 00 09 50 5f 50 52 4f 47 52 41 4d", "s7.start")]
    [InlineData("28 00 00 00 00 00 00 fd 00 00 05 5f 4d 4f 44 55", "s7.configuration-changed")]
    [InlineData("28 00 00 00 00 00 00 fd 00 00 05 5f 44 45 4c 45", "s7.program-written")]
    [InlineData("1a 00 01 00 00 00 00 00 09 5f 30 41 30 30 30 30 31 50", "s7.program-written")]
    [InlineData("1d 00 01 00 00 00 00 00 09 5f 30 41 30 30 30 30 31 50", "s7.program-read")]
    [InlineData("f0 00 00 01 00 01 01 e0", null)]
    public void Commands_that_are_findings_by_themselves(string parameter, string? id)
        => Assert.Equal(id is null ? [] : [id], Ids(t => Mill.Open(t).Says(S.Job(2, Hex.Bytes(parameter)))));

    [Fact]
    public void A_clock_that_is_set_is_told_and_one_that_is_read_is_not()
    {
        Assert.Equal(["s7.time-set"], Ids(t => Mill.Open(t).Says(S.UserData(2, 0x47, 2, [0xFF, 9, 0, 0]))));
        Assert.Empty(Ids(t => Mill.Open(t).Says(S.UserData(2, 0x47, 1, [0x0A, 0, 0, 0]))));
    }

    [Fact]
    public void Slots_tried_in_vain_are_a_survey()
    {
        Assert.Equal(["s7.survey"], Slots(12, refused: true));
        Assert.Empty(Slots(12, refused: false));
        Assert.Empty(Slots(5, refused: true));
    }

    [Fact]
    public void Passwords_are_guessed_from_the_fifth_refusal_on()
    {
        Assert.Equal(["s7.password-guessing"], Passwords(5));
        Assert.Empty(Passwords(4));
    }

    [Fact]
    public void Functions_that_nobody_uses_are_a_survey()
        => Assert.Equal(["s7.survey"], Ids(t => Each(Mill.Open(t), 12, (talk, i) => talk.Says(S.Job(i + 2, [(byte)(0x60 + i), 0])).Replies(S.Answer(i + 2, [], [], 0x8104)))));

    [Fact]
    public void Blocks_and_identities_are_told()
    {
        Assert.Equal(["activate block OB 1", "request download OB 1", "start upload OB 1"], Table("blocks").Rows.Select(r => $"{r[2].String} {r[3].String}").Order(StringComparer.Ordinal));
        Assert.Single(Table("devices").Rows);
        Assert.Equal((180, "1200"), ((int)Table("values").Rows.Single(r => r[3].Long == 12)[5].Long, Table("values").Rows.Single(r => r[3].Long == 12)[7].String));
    }

    [Fact]
    public void Filters_select_what_is_cited() => Tshark.SelectsEvidence(s_capture, s_outcome.Value.Findings);

    [Fact]
    public void The_reports_stay()
    {
        GoldenReport.Text("s7", s_outcome.Value);
        GoldenReport.Markdown("s7", s_outcome.Value);
        GoldenReport.Json("s7", s_outcome.Value);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Any_number_of_workers_gives_the_same_bytes(int workers)
        => Assert.Equal(Analysis.Json(s_outcome.Value), Analysis.Json(Analysis.Of(s_capture, workers, s_module)));

    private static IpAddress Address(int last) => IpAddress.FromIPv4(0xC000_0200 + (uint)last);

    private static FlowId Flow(int client, int server) => new(new FlowKey(Address(client), 49152, Address(100 + server), 102, IpProtocol.Tcp, default), new FrameRef(0, 1));

    private static Table Table(string id) => Blocks(s_outcome.Value.Sections.Single(s => s.Module == "s7").Blocks).OfType<Table>().Single(t => t.Id == $"s7.{id}");

    private static IEnumerable<Block> Blocks(IEnumerable<Block> blocks) => blocks.SelectMany(b => b is DetailBlock detail ? Blocks(detail.Blocks) : [b]);

    private static IEnumerable<string> Ids(Action<TcpConversation> talk)
        => Analysis.Of(Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:102", talk).ToPcap(), modules: s_module).Findings.Select(f => f.Type.Id);

    private static IEnumerable<string> Passwords(int count)
        => Ids(t => Each(Mill.Open(t), count, (talk, i) => talk.Says(S.Password(i + 2, "secret")).Replies(S.UserData(i + 2, 0x85, 1, [0x0A, 0, 0, 0], 0xD602))));

    private static IEnumerable<string> Slots(byte count, bool refused)
    {
        CaptureBuilder capture = Capture.New();
        for (byte i = 0; i < count; i++)
        {
            byte slot = i;

            // Only what carries S7comm is known to be it.
            capture = capture.Tcp($"192.0.2.5:{49152 + i}", "192.0.2.9:102", t => t
                .Says(S.Connect(slot)).Replies(refused ? S.Refuse() : S.Confirm(slot)).Says(S.Job(1, S.SetUp)).Replies(refused ? S.Answer(1, [], [], 0x8104) : S.Answer(1, S.SetUp, [])));
        }

        return Analysis.Of(capture.ToPcap(), modules: s_module).Findings.Select(f => f.Type.Id);
    }

    private static void Each(TcpConversation talk, int count, Action<TcpConversation, int> step)
    {
        for (int i = 0; i < count; i++)
        {
            step(talk, i);
        }
    }
}
