using System.Globalization;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Ioc;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Pcapper.Tests.Samples;
using Xunit;

namespace Pcapper.Tests.Analyses.Ioc;

public sealed class IocAnalyzerTests
{
    private static readonly HashSet<string> s_modules = ["ioc", "dns", "http", "overview"];

    private static readonly Gen<FileTransfer> s_file =
        from client in Gen.Int[1, 4]
        from frame in Gen.Int[1, 60]
        from name in Gen.OneOf("a.exe", "b.txt", "\u202egpj.exe", null)
        from hash in Gen.OneOf("aa", "bb", null)
        select new FileTransfer
        {
            Flow = new FlowId(new FlowKey(IpAddress.Parse($"10.0.0.{client}"), 49152, IpAddress.Parse("203.0.113.9"), 80, IpProtocol.Tcp, default), new FrameRef(0, 1)),
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_700_000_000 + frame),
            Id = $"F{frame}",
            Protocol = "http",
            Direction = Direction.ToOriginator,
            Name = name,
            SeenBytes = frame,
            IsComplete = hash is not null,
            Md5 = hash is null ? null : hash + "5",
            Sha1 = hash is null ? null : hash + "1",
            Sha256 = hash,
        };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<IocAnalyzer, FileTransfer>(s_file);

    [Fact]
    public void What_is_inside_is_kept_out_unless_asked_for()
    {
        byte[] capture = Web("10.0.0.9:80", "intranet.local");
        Assert.DoesNotContain(Run(capture).Observables, o => o.Kind is IndicatorKind.Address or IndicatorKind.Domain or IndicatorKind.Url);
        IReadOnlyList<Observable> all = Run(capture, new IocOptions { KeepsAll = true }).Observables;
        Assert.Contains(all, o => o is { Kind: IndicatorKind.Address, Value: "10.0.0.9" });
        Assert.Contains(all, o => o is { Kind: IndicatorKind.Domain, Value: "intranet.local" });
    }

    [Fact]
    public void What_goes_out_is_told_with_where_it_was_seen()
    {
        RunOutcome outcome = Run(Web("203.0.113.9:8080", "WWW.Shop.example."));
        Observable url = Assert.Single(outcome.Observables, o => o.Kind == IndicatorKind.Url);
        Assert.Equal("http://www.shop.example.:8080/a.bin?x=1", url.Value);
        Observable name = Assert.Single(outcome.Observables, o => o.Kind == IndicatorKind.Domain);
        Assert.Equal(("www.shop.example", "http host", "10.0.0.5"), (name.Value, Assert.Single(name.Places), Assert.Single(name.Hosts)));
        Observable file = Assert.Single(outcome.Observables, o => o.Kind == IndicatorKind.Sha256);
        Assert.Equal(["10.0.0.5", "203.0.113.9"], file.Hosts);
        Assert.Equal(32, file.Md5!.Length);
        Assert.DoesNotContain(outcome.Observables, o => o.IsIndicator);
    }

    [Fact]
    public void Findings_make_indicators_and_the_same_whatever_the_number_of_workers()
    {
        byte[] sample = OfficeDay.Build();
        RunOutcome outcome = Analysis.Of(sample);
        Assert.Equal(
            ["203.0.113.77", "data-sync.example", "http://cdn-stat.example:8080/img/logo.png"],
            outcome.Observables.Where(o => o.IsIndicator && o.Kind != IndicatorKind.Sha256).Select(o => o.Value));
        Assert.Equal("logo.png", Assert.Single(outcome.Observables, o => o.IsIndicator && o.Kind == IndicatorKind.Sha256).Name);
        foreach (int workers in (int[])[2, 7])
        {
            Assert.Equal(outcome.Observables.Select(o => $"{o.Value} {o.Count} {o.First} {o.Last} {string.Join(' ', o.Frames)}"), Analysis.Of(sample, workers).Observables.Select(o => $"{o.Value} {o.Count} {o.First} {o.Last} {string.Join(' ', o.Frames)}"));
        }
    }

    [Fact]
    public void What_lists_name_is_found_however_much_else_was_seen()
    {
        const int Seen = 60_000;
        const int Apart = 1_000;
        WatchedPattern[] listed = [.. Enumerable.Range(0, Seen / Apart).Select(i => new WatchedPattern([new(IndicatorKind.Sha1, Hash(i * Apart), WatchMode.Exact)], "list", $"line {i}"))];
        var analyzer = new IocAnalyzer();
        var bus = new RecordBus { Watched = listed };
        analyzer.Subscribe(bus);
        FileTransfer file = s_file.Single();
        for (int i = 0; i < Seen; i++)
        {
            bus.Emitter<FileTransfer>().Emit(file with { SeenBytes = 1, Md5 = null, Sha1 = Hash(i), Sha256 = "s" + Hash(i) });
        }

        var state = (IocState)analyzer.State;
        Assert.False(state.IsComplete);
        Assert.Equal(listed.Length, new WatchIndex(listed).Find(new IocModel(state).All).Count);

        static string Hash(int number) => number.ToString("x8", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void People_see_them_defanged_and_machines_do_not()
    {
        RunOutcome outcome = Run(Web("203.0.113.9:80", "shop.example"));
        Assert.Contains("hxxp[:]//shop[.]", Analysis.Render(outcome, new TextRenderer()), StringComparison.Ordinal);
        Assert.Contains("shop\\[.\\]example", Analysis.Render(outcome, new MarkdownRenderer()), StringComparison.Ordinal);
        Assert.Contains("http://shop.example/a.bin", Analysis.Json(outcome), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://a.example/x.y", "hxxp[:]//a[.]example/x.y")]
    [InlineData("192.0.2.1", "192[.]0[.]2[.]1")]
    [InlineData("2001:db8::1", "2001[:]db8[:][:]1")]
    [InlineData("a.b@c.example", "a[.]b[@]c[.]example")]
    public void Defanging_can_be_undone(string value, string defanged)
    {
        Assert.Equal(defanged, Defang.Of(value));
        Assert.Equal(value, Defang.Undo(defanged));
    }

    internal static byte[] Web(string server, string host) => Capture.New().Tcp("10.0.0.5:49152", server, tcp => tcp
        .Says($"GET /a.bin?x=1 HTTP/1.1\r\nHost: {host}\r\nUser-Agent: tool/1\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nMZab").Closes()).ToPcap();

    internal static RunOutcome Run(byte[] capture, IocOptions? options = null) => Engine.Run.Analyze(
        [new CaptureSource("test.pcap", capture.Length, index => CaptureFile.Open(new MemoryStream(capture), index))], new Modules.Catalog(),
        new RunOptions { Modules = s_modules, Ioc = options ?? IocOptions.Usual });
}
