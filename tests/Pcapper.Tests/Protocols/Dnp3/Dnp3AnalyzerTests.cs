using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dnp3;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Reporting;
using Pcapper.Tests.Running;
using Xunit;
using D = Pcapper.Tests.Protocols.Dnp3.Dnp3Bytes;

namespace Pcapper.Tests.Protocols.Dnp3;

public sealed class Dnp3AnalyzerTests
{
    private static readonly HashSet<string> s_module = ["dnp3"];
    private static readonly byte[] s_capture = Substation.Build();
    private static readonly Lazy<RunOutcome> s_outcome = new(() => Analysis.Of(s_capture, modules: s_module));

    private static readonly Gen<Dnp3Message> s_message =
        from client in Gen.Int[1, 3]
        from master in Gen.UShort[1, 2]
        from station in Gen.Int[10, 11]
        from function in Gen.OneOf(0, 1, 3, 4, 13, 21, 25, 129, 130)
        from value in Gen.Int[0, 3]
        from frame in Gen.Int[1, 400]
        select new Dnp3Message
        {
            Flow = new FlowId(new FlowKey(Address(client), 49152, Address(100), 20000, IpProtocol.Tcp, default), new FrameRef(0, 1)),
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_700_000_000 + frame),
            Direction = function < 129 ? Direction.ToResponder : Direction.ToOriginator,
            IsRequest = function < 129,
            Client = Address(client),
            Server = Address(100),
            ServerPort = 20000,
            Station = station,
            Master = master,
            Function = function,
            Call = Dnp3Calls.Of(function),
            Indications = function < 129 ? null : 0x2091 << (value & 1),
            Poll = new IcsPollKey(station, Dnp3Calls.Of(function), frame % 30, 1),
            Refusal = function == 129 && value > 0 ? value : null,
            ResponseTime = function == 129 ? value : null,
            SinceCommand = value,
            Values = [new IcsValue(12, value, frame % 5, frame % 2 == 0, false, (byte)(frame % 21))],
            FileName = value == 3 ? "a.cfg" : null,
            AuthenticationError = value == 2 ? 1 : null,
            HasRestarted = frame % 17 == 0,
            IsUnselected = frame % 13 == 0,
        };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<Dnp3Analyzer, Dnp3Message>(s_message, 60);

    [Fact]
    public void An_ordinary_master_with_an_operator_is_no_finding() => Assert.Empty(Analysis.Of(Substation.Ordinary().ToPcap(), modules: s_module).Findings);

    [Fact]
    public void The_attack_is_told() => Assert.Equal(
        [
            "dnp3.broadcast-command", "dnp3.brute-force-io", "dnp3.configuration-changed", "dnp3.file-written", "dnp3.new-master", "dnp3.reports-disabled", "dnp3.restart", "dnp3.stop",
        ],
        s_outcome.Value.Findings.Select(f => f.Type.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void An_outstation_that_restarts_by_itself_is_told_and_one_that_was_told_to_is_not()
    {
        Assert.Equal(["dnp3.outstation-restarted"], Ids(t => Answer(Answer(t, 0).Waits(20_000), 0x80)));
        Assert.DoesNotContain("dnp3.outstation-restarted", Ids(t => Answer(Answer(t, 0).Waits(20_000).Says(D.Asks(1, 10, D.Request(0, 14))), 0x80)));
        Assert.Empty(Ids(t => Answer(Answer(t, 0x80), 0)));
    }

    [Fact]
    public void Another_station_of_the_same_host_that_commands_is_a_new_master()
    {
        Assert.Contains("dnp3.new-master", Ids(t => Answer(Polls(t, 70), 0).Says(D.Asks(2, 10, D.Request(1, 5, D.Relay(0, 0x41))))));
        Assert.DoesNotContain("dnp3.new-master", Ids(t => Answer(Polls(t, 70), 0).Says(D.Asks(2, 10, D.Request(1, 1, 60, 1, 6)))));
    }

    [Fact]
    public void Wrong_checksums_are_told_from_the_third_on()
    {
        byte[] broken = D.Asks(1, 10, D.Request(1, 1, 60, 1, 6));
        broken[11] ^= 0xFF;
        Assert.Contains("dnp3.wrong-checksums", Ids(t => Polls(t, 1).Says(broken).Says(broken).Says(broken)));
        Assert.Empty(Ids(t => Polls(t, 1).Says(broken).Says(broken)));
    }

    [Fact]
    public void Failed_authentication_is_told_from_the_third_time_on()
    {
        byte[] error = [120, 7, 0x5B, 1, 15, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0];
        Assert.Contains("dnp3.authentication-failed", Ids(t => Fail(Fail(Fail(Polls(t, 1))))));
        Assert.Empty(Ids(t => Fail(Fail(Polls(t, 1)))));
        TcpConversation Fail(TcpConversation talk) => talk.Replies(D.Answers(1, 10, D.Response(1, 0, error)));
    }

    [Theory]
    [InlineData("0d", "dnp3.restart")]
    [InlineData("0e", "dnp3.restart")]
    [InlineData("11", "dnp3.start")]
    [InlineData("12", "dnp3.stop")]
    [InlineData("13", "dnp3.configuration-changed")]
    [InlineData("09 14 00 06", "dnp3.counters-cleared")]
    [InlineData("1c", "dnp3.file-read")]
    [InlineData("1b", "dnp3.file-written")]
    [InlineData("02 32 01 07 01 00 00 00 00 00 00", "dnp3.time-set")]
    [InlineData("02 50 01 00 07 07 00", null)]
    [InlineData("15 3c 02 06", null)]
    [InlineData("17", null)]
    public void Commands_that_are_findings_by_themselves(string request, string? id)
    {
        byte[] bytes = Hex.Bytes(request);
        Assert.Equal(id is null ? [] : [id], Ids(t => Polls(t, 1).Says(D.Asks(1, 10, D.Request(5, bytes[0], bytes[1..])))));
    }

    [Fact]
    public void Operates_without_selects_are_told_from_the_third_on()
    {
        Assert.Equal(["dnp3.operate-without-select"], Ids(t => Operates(t, 3)));
        Assert.Empty(Ids(t => Operates(t, 2)));
        static void Operates(TcpConversation talk, int count)
        {
            for (int i = 0; i < count; i++)
            {
                talk.Says(D.Asks(1, 10, D.Request(i, 4, D.Relay(0, 0x41)))).Replies(D.Answers(1, 10, D.Response(i, 0, D.Relay(0, 0x41, 2))));
            }
        }
    }

    [Fact]
    public void Filters_select_what_is_cited() => Tshark.SelectsEvidence(s_capture, s_outcome.Value.Findings);

    [Fact]
    public void The_reports_stay()
    {
        GoldenReport.Text("dnp3", s_outcome.Value);
        GoldenReport.Markdown("dnp3", s_outcome.Value);
        GoldenReport.Json("dnp3", s_outcome.Value);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Any_number_of_workers_gives_the_same_bytes(int workers)
        => Assert.Equal(Analysis.Json(s_outcome.Value), Analysis.Json(Analysis.Of(s_capture, workers, s_module)));

    private static IpAddress Address(int last) => IpAddress.FromIPv4(0xC000_0200 + (uint)last);

    private static IEnumerable<string> Ids(Action<TcpConversation> talk)
        => Analysis.Of(Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:20000", talk).ToPcap(), modules: s_module).Findings.Select(f => f.Type.Id);

    private static TcpConversation Answer(TcpConversation talk, int indications)
        => talk.Says(D.Asks(1, 10, D.Request(0, 1, 60, 1, 6))).Replies(D.Answers(1, 10, D.Response(0, indications)));

    private static TcpConversation Polls(TcpConversation talk, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            talk.Says(D.Asks(1, 10, D.Request(i & 15, 1, 60, 1, 6))).Replies(D.Answers(1, 10, D.Response(i & 15, 0))).Waits(1000);
        }

        return talk;
    }
}
