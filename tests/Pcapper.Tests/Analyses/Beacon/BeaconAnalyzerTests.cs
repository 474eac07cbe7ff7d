using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Beacon;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Tls;
using Xunit;

namespace Pcapper.Tests.Analyses.Beacon;

public sealed class BeaconAnalyzerTests
{
    private const string Client = "10.0.0.5";
    private const string Outside = "203.0.113.77";

    private static readonly HashSet<string> s_modules = ["beacon"];
    private static readonly Timestamp s_start = Timestamp.FromSeconds(1_770_195_600);

    private static readonly Gen<Beat> s_beat =
        Gen.Select(Gen.Long[0, 2000], Gen.Long[1, 40], Gen.Long[0, 5]).Select((second, frame, bytes) => Beat.At(Timestamp.FromSeconds(second), new FrameRef(0, frame), bytes, bytes == 3));

    private static readonly Gen<FlowEnded> s_flow =
        from client in Gen.Int[1, 2]
        from server in Gen.Int[1, 2]
        from beat in Gen.Int[0, 60]
        from name in Gen.Int[0, 2].Select(i => i == 0 ? null : i == 1 ? "a.example.com" : "B.example.com.")
        select Ended($"10.0.0.{client}", $"203.0.113.{server}", Timestamp.FromSeconds((beat * 60) + (beat % 3)), beat + 1, name);

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<BeaconAnalyzer, FlowEnded>(s_flow);

    [Fact]
    public void A_series_is_mergeable() => Laws.HoldPart(() => new BeatSeries(), s_beat, (series, beat) => series.Add(beat));

    [Fact]
    public void A_long_series_keeps_its_earliest_beats_in_whatever_order_they_come()
    {
        long[] seconds = [.. Enumerable.Range(0, BeatSeries.Capacity * 2).Select(i => (long)i)];
        var whole = new BeatSeries();
        Array.ForEach(seconds, s => whole.Add(Beat.At(Timestamp.FromSeconds(s), new FrameRef(0, s + 1), 1, false)));
        new Random(7).Shuffle(seconds);
        var other = new BeatSeries();
        Array.ForEach(seconds[..9000], s => other.Add(Beat.At(Timestamp.FromSeconds(s), new FrameRef(0, s + 1), 1, false)));
        var rest = new BeatSeries();
        Array.ForEach(seconds[9000..], s => rest.Add(Beat.At(Timestamp.FromSeconds(s), new FrameRef(0, s + 1), 1, false)));
        other.Merge(rest);
        Assert.Equal(Laws.Bytes(whole), Laws.Bytes(other));
        Assert.Equal(BeatSeries.Capacity, whole.Beats.Count);
        Assert.Equal(Timestamp.FromSeconds(seconds.Length - 1), other.Last);
    }

    [Fact]
    public void Connections_in_a_jittered_rhythm_to_an_unusual_port_are_one_finding()
    {
        RunOutcome outcome = Run(day => Calls(day, Outside, 4444, 30, 60, 12, "hello"));
        Finding finding = Assert.Single(outcome.Findings);
        Assert.Equal("beacon.odd-port", finding.Type.Id);
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal($"{Client} > {Outside}:4444", finding.Subject);
        Assert.StartsWith("30 connections every ", finding.Summary, StringComparison.Ordinal);
        Assert.InRange(finding.Confidence, 70, 90);
        Assert.Equal(10, finding.Evidence.Count);
        Assert.Equal($"ip.addr == {Client} && ip.addr == {Outside} && tcp.port == 4444", finding.DisplayFilter);
        Table candidates = outcome.Sections.Single(s => s.Module == "beacon").Blocks.OfType<Table>().First();
        Assert.InRange(candidates.Rows[0][3].Long / 1e9, 54, 66);
        Assert.InRange(candidates.Rows[0][4].Double, 0.1, 0.3);
        Assert.Equal(16, candidates.Rows[0][10].String.Length);
    }

    [Fact]
    public void Requests_inside_one_connection_are_beats_of_the_name()
    {
        RunOutcome outcome = Run(day => day.Tcp($"{Client}:50000", $"{Outside}:80", t =>
        {
            for (int i = 0; i < 15; i++)
            {
                t.Says("POST /gate HTTP/1.1\r\nHost: cdn-stat.example\r\nContent-Length: 4\r\n\r\nping").Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").Waits(30_000 + (i % 3 * 500));
            }

            t.Closes();
        }));
        Finding finding = Assert.Single(outcome.Findings);
        Assert.Equal(("beacon.calls", $"{Client} > cdn-stat.example", Severity.Medium), (finding.Type.Id, finding.Subject, finding.Severity));
        Assert.StartsWith("15 requests every 30", finding.Summary, StringComparison.Ordinal);
        Assert.Contains(outcome.Indicators, i => i.Kind == IndicatorKind.Domain && i.Value == "cdn-stat.example");
    }

    [Fact]
    public void Connections_with_a_name_in_tls_are_told_by_name_and_once()
    {
        RunOutcome outcome = Run(day =>
        {
            for (int i = 0; i < 20; i++)
            {
                day.At(Second(i * 45)).Tcp($"{Client}:{50000 + i}", $"203.0.113.{70 + (i % 2)}:443", t => t.Says(Hello("c2.example.net")).Waits(20).Replies(TlsBytes.Data(100)).Closes());
            }
        });
        Finding finding = Assert.Single(outcome.Findings);
        Assert.Equal(("beacon.calls", $"{Client} > c2.example.net"), (finding.Type.Id, finding.Subject));
        Assert.Contains(" || ", finding.DisplayFilter, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_in_a_rhythm_inside_one_connection_are_a_heartbeat()
    {
        RunOutcome outcome = Run(day => Inside(day, Outside, 8219, "ping"u8.ToArray()));
        Finding finding = Assert.Single(outcome.Findings);
        Assert.Equal(("beacon.heartbeat", Severity.Medium), (finding.Type.Id, finding.Severity));
    }

    [Fact]
    public void A_script_that_reports_to_an_internal_host_at_changing_times_is_told_and_monitoring_is_not()
    {
        Assert.Equal(("beacon.internal", Severity.Low), Assert.Single(Run(day => Posts(day, 15)).Findings) is var f ? (f.Type.Id, f.Severity) : default);
        Assert.Empty(Run(day => Posts(day, 1)).Findings);

        static void Posts(CaptureBuilder day, int jitter)
        {
            double time = 0;
            for (int i = 0; i < 20; i++)
            {
                time += 45 + Off(i, jitter);
                day.At(Second(time)).Tcp($"{Client}:{50000 + i}", "10.0.0.9:8888", t => t
                    .Says("POST /weather HTTP/1.1\r\nHost: 10.0.0.9:8888\r\nUser-Agent: python-requests/2.32.3\r\nContent-Length: 4\r\n\r\nping").Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").Closes());
            }
        }
    }

    [Theory]
    [InlineData("10.0.0.9", 502)]
    [InlineData("10.0.0.9", 9100)]
    [InlineData(Outside, 993)]
    [InlineData(Outside, 123)]
    public void What_is_regular_by_design_is_no_finding(string server, int port) => Assert.Empty(Run(day => Calls(day, server, port, 30, 60, 0, "hello")).Findings);

    [Fact]
    public void Keep_alives_of_a_named_server_are_no_finding()
        => Assert.Empty(Run(day => Inside(day, Outside, 443, Hello("chat.example.com"))).Findings);

    [Fact]
    public void Connections_at_random_are_no_finding()
    {
        var random = new Random(3);
        Assert.Empty(Run(day =>
        {
            double time = 0;
            for (int i = 0; i < 60; i++)
            {
                time += -60 * Math.Log(1 - random.NextDouble());
                day.At(Second(time)).Tcp($"{Client}:{50000 + i}", $"{Outside}:4444", t => t.Says("hello").Replies("ok").Closes());
            }
        }).Findings);
    }

    [Theory]
    [InlineData("203.0.113.0/24 # ours", "203.0.113.0/24")]
    [InlineData("# none\n\n203.0.113.77", "203.0.113.77")]
    public void What_the_user_allows_is_left_out_and_shown(string list, string rule)
    {
        AllowList allow = AllowList.Parse(list, out string? problem);
        Assert.Null(problem);
        RunOutcome outcome = Run(day => Calls(day, Outside, 4444, 30, 60, 5, "hello"), allow);
        Assert.Empty(outcome.Findings);
        Table expected = outcome.Sections.Single(s => s.Module == "beacon").Blocks.OfType<Table>().Single(t => t.Id == "beacon.expected");
        Assert.Equal((rule, "--allow"), (expected.Rows[0][5].String, expected.Rows[0][6].String));
    }

    [Fact]
    public void Lists_are_read_line_by_line()
    {
        AllowList list = AllowList.Parse("192.0.2.7\n2001:db8::/32\n*.Example.com # all of it\n", out string? problem);
        Assert.Null(problem);
        Assert.Equal(3, list.Count);
        Assert.Equal("192.0.2.7", list.Find(IpAddress.Parse("192.0.2.7")));
        Assert.Null(list.Find(IpAddress.Parse("192.0.2.8")));
        Assert.Equal("2001:db8::/32", list.Find(IpAddress.Parse("2001:db8:1::9")));
        Assert.Equal("example.com", list.Find("www.example.com."));
        Assert.Null(list.Find("badexample.com"));
        AllowList.Parse("192.0.2.0/33", out problem);
        Assert.StartsWith("line 1 ", problem, StringComparison.Ordinal);
        AllowList.Parse("ok.example\nwhat is this?", out problem);
        Assert.StartsWith("line 2 ", problem, StringComparison.Ordinal);
    }

    private static Timestamp Second(double second) => new(s_start.Nanoseconds + (long)(second * Timestamp.PerSecond));

    // Spread evenly, and the same in every run.
    private static double Off(int index, double jitter) => jitter * (((index * 0.618) % 1 * 2) - 1);

    private static void Calls(CaptureBuilder day, string server, int port, int beats, double period, double jitter, string says)
    {
        double time = 0;
        for (int i = 0; i < beats; i++)
        {
            time += period + Off(i, jitter);
            day.At(Second(time)).Tcp($"{Client}:{50000 + i}", $"{server}:{port}", t => t.Says(says).Waits(20).Replies("ok").Closes());
        }
    }

    private static void Inside(CaptureBuilder day, string server, int port, byte[] first) => day.Tcp($"{Client}:50000", $"{server}:{port}", t =>
    {
        t.Says(first);
        for (int i = 0; i < 20; i++)
        {
            t.Waits(15_000).Says(TlsBytes.Data(40)).Waits(10).Replies(TlsBytes.Data(20));
        }

        t.Closes();
    });

    private static byte[] Hello(string name) => TlsBytes.Handshake(0x0301, 1, TlsBytes.ClientHello(0x0303, [0x1301, 0xC02F], [TlsBytes.ServerName(name)]));

    private static RunOutcome Run(Action<CaptureBuilder> build, AllowList? allow = null)
    {
        CaptureBuilder day = Capture.New().At(s_start);
        build(day);
        byte[] bytes = day.ToPcap();
        return Engine.Run.Analyze(
            [new CaptureSource("test.pcap", bytes.Length, index => CaptureFile.Open(new MemoryStream(bytes), index))], new Modules.Catalog(),
            new RunOptions { Modules = s_modules, Allow = allow ?? AllowList.None });
    }

    private static FlowEnded Ended(string client, string server, Timestamp time, long frame, string? name) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse(client), 50000, IpAddress.Parse(server), 4444, IpProtocol.Tcp, default), new FrameRef(0, frame)),
        Frame = new FrameRef(0, frame),
        Time = time,
        Last = time,
        LastFrame = new FrameRef(0, frame),
        Services = [],
        ToResponder = new DirectionTotals { Packets = 3, IpBytes = 200, PayloadBytes = 80 },
        ToOriginator = new DirectionTotals { Packets = 3, IpBytes = 200, PayloadBytes = 80 },
        State = ConnState.SF,
        History = "ShADadFf",
        ServerName = name,
    };
}
