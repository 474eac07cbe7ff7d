using System.Text;
using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Packets;

namespace Pcapper.Tests.Running;

/// <summary>Runs captures through everything that the catalog has and that needs nothing else (YARA needs rules).</summary>
public static class Analysis
{
    private static readonly HashSet<string> s_all =
    [
        "overview",
        .. new Catalog().Analyzers.Select(make => make().Info.Name).Where(name => name != "yara"),
        .. new Catalog().Rollups.Select(make => make().Info.Name),
    ];

    public static RunOutcome Of(byte[] capture, int workers = 1, IReadOnlySet<string>? modules = null)
        => Of([new CaptureSource("test.pcap", capture.Length, index => CaptureFile.Open(new MemoryStream(capture), index))], workers, modules);

    public static RunOutcome OfFile(string path, int workers = 1)
        => Of([new CaptureSource(Path.GetFileName(path), new FileInfo(path).Length, index => CaptureFile.Open(path, index))], workers);

    public static RunOutcome Of(IReadOnlyList<CaptureSource> captures, int workers = 1, IReadOnlySet<string>? modules = null)
        => Run.Analyze(captures, new Catalog(), new RunOptions { Workers = workers, Modules = modules ?? s_all, Input = [.. captures.Select(c => c.Path)] });

    public static string Json(RunOutcome outcome) => Render(outcome, new JsonRenderer());

    public static string Render(RunOutcome outcome, IReportRenderer renderer, bool verbose = true)
    {
        using var output = new MemoryStream();
        renderer.Render(Document(outcome), output, new RenderOptions { Verbose = verbose });
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public static ReportDocument Document(RunOutcome outcome) => new(new ReportHeader("pcapper", "test", ["test.pcap", "--all"]), outcome.Captures, outcome.Findings)
    {
        Overview = outcome.Overview,
        Indicators = outcome.Indicators,
        Sections = outcome.Sections,
        Problems = outcome.Problems,
    };

    /// <summary>Gets the records of one type that a capture gives.</summary>
    /// <param name="capture">The capture.</param>
    /// <param name="files">Where contents of files go, or null.</param>
    public static List<TRecord> Records<TRecord>(byte[] capture, IFileStore? files = null)
        where TRecord : ProtocolRecord
    {
        var sink = new Sink<TRecord>();
        Run.Analyze(
            [new CaptureSource("test.pcap", capture.Length, index => CaptureFile.Open(new MemoryStream(capture), index))],
            new CatalogWith(sink),
            new RunOptions { Modules = new HashSet<string> { "sink" }, Files = files });
        return [.. sink.Records.OrderBy(r => r.Time).ThenBy(r => r.Frame)];
    }

    /// <summary>Shows the bytes of a capture's flows to somebody.</summary>
    public static void Watch(byte[] capture, IStreamConsumer consumer) => Run.Analyze(
        [new CaptureSource("test.pcap", capture.Length, index => CaptureFile.Open(new MemoryStream(capture), index))],
        new CatalogWith(new Watching(consumer)),
        new RunOptions { Modules = new HashSet<string> { "sink" } });

    private sealed class Watching(IStreamConsumer consumer) : Analyzer<EmptyState>
    {
        public override ModuleInfo Info { get; } = new("sink", "", "Sink", "", 1, []);

        public override void Subscribe(RecordBus bus) => bus.SubscribeStreams(consumer);

        public override void Conclude(EmptyState state, Conclusions conclusions)
        {
        }
    }

    private sealed class Sink<TRecord> : Analyzer<EmptyState>, IRecordConsumer<TRecord>
        where TRecord : ProtocolRecord
    {
        public List<TRecord> Records { get; } = [];

        public override ModuleInfo Info { get; } = new("sink", "", "Sink", "", 1, []);

        public override void Subscribe(RecordBus bus)
        {
            bus.Subscribe(this);
            bus.RequireServices();
            bus.Files.RequireHashes();
        }

        public void Consume(TRecord record) => Records.Add(record);

        public override void Conclude(EmptyState state, Conclusions conclusions)
        {
        }
    }

    private sealed class EmptyState : AnalyzerState;

    private sealed class CatalogWith(IAnalyzer analyzer) : ICatalog
    {
        private readonly Catalog _catalog = new();

        public IReadOnlyList<IProtocol> Protocols => _catalog.Protocols;

        public IReadOnlyList<Func<RecordBus, IPacketConsumer?>> PacketParsers => _catalog.PacketParsers;

        public IReadOnlyList<Func<RecordBus, IStreamConsumer?>> StreamParsers => _catalog.StreamParsers;

        public IReadOnlyList<Func<IAnalyzer>> Analyzers => [() => analyzer];

        public IReadOnlyList<Func<IRollup>> Rollups => [];

        public TypeSniffer? Sniff => _catalog.Sniff;

        public IReadOnlyList<ILogSchema> Logs => [];
    }
}
