using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>One worker of a run: reads every capture from start to end and works on the frames of its shard.</summary>
internal sealed class ShardWorker
{
    private const int ProgressEvery = 1 << 14;

    private readonly ShardFilter _filter;
    private readonly RunOptions _options;
    private readonly HeapKeeper _heap;
    private readonly Pipeline _pipeline;
    private readonly CaptureTally[]? _tallies;
    private readonly CaptureInfo?[] _infos;

    public ShardWorker(ShardFilter filter, ICatalog catalog, IReadOnlyList<ILogSchema> schemas, Identifier identifier, IReadOnlyList<IAnalyzer> analyzers, RunOptions options, LogSpool? logs, Redaction? redaction, int captures, HeapKeeper heap)
    {
        _filter = filter;
        _options = options;
        _heap = heap;
        Analyzers = analyzers;
        _infos = new CaptureInfo?[captures];
        if (filter.Index == 0)
        {
            _tallies = [.. Enumerable.Range(0, captures).Select(_ => new CaptureTally())];
        }

        var bus = new RecordBus { Files = new FileDemand { Store = options.Files, Sniff = catalog.Sniff, Scanner = options.Scanner }, Watched = options.Ioc.Watched, Strings = options.Strings };
        if (bus.Files.KeepsContents)
        {
            bus.RequireServices();
        }

        Flows = new FlowTally(captures);
        bus.SubscribeCounts(Flows);
        foreach (IAnalyzer analyzer in analyzers)
        {
            analyzer.Subscribe(bus);
        }

        if (logs is not null)
        {
            ILogSink sink = redaction is null ? logs.Shard() : new RedactingLogSink(logs.Shard(), redaction);
            foreach (ILogSchema schema in schemas)
            {
                schema.Subscribe(bus, sink);
            }
        }

        foreach (Func<RecordBus, IPacketConsumer?> make in catalog.PacketParsers)
        {
            if (bus.WantsStreams && make(bus) is { } parser)
            {
                bus.SubscribePackets(parser);
            }
        }

        foreach (Func<RecordBus, IStreamConsumer?> make in catalog.StreamParsers)
        {
            if (make(bus) is { } consumer)
            {
                bus.SubscribeStreams(consumer);
            }
        }

        _pipeline = new Pipeline(bus, identifier);
        _pipeline.Start();
    }

    public IReadOnlyList<IAnalyzer> Analyzers { get; }

    public FlowTally Flows { get; }

    public InternalProblems Problems => _pipeline.Problems;

    public LimitsHit LimitsHit => _pipeline.LimitsHit;

    public IReadOnlyList<CaptureTally> Tallies => _tallies ?? [];

    public IReadOnlyList<CaptureInfo?> Infos => _infos;

    /// <summary>Reads all captures.</summary>
    public void Work(IReadOnlyList<CaptureSource> captures)
    {
        for (int i = 0; i < captures.Count && !_options.Stop.IsCancellationRequested; i++)
        {
            using CaptureReader reader = captures[i].Open(i);
            _infos[i] = reader.Info;
            Read(reader, i);
        }
    }

    private void Read(CaptureReader reader, int capture)
    {
        CaptureTally? tally = _tallies?[capture];
        var frame = default(Frame);
        var packet = default(Packet);
        var now = default(Timestamp);
        long number = 0;
        while (reader.TryRead(ref frame))
        {
            number++;
            if (frame.Time.Nanoseconds > now.Nanoseconds || number == 1)
            {
                now = frame.Time;
            }

            tally?.Add(frame);
            if (_filter.Keeps(frame))
            {
                _pipeline.Process(frame, ref packet);
            }

            _pipeline.Tick(number, now);
            if ((number & (ProgressEvery - 1)) == 0)
            {
                if (_filter.Index == 0)
                {
                    _options.Progress?.Invoke(capture, reader.Position);
                }

                CheckHeap();

                if (_options.Stop.IsCancellationRequested)
                {
                    break;
                }
            }
        }

        _pipeline.EndCapture(CheckHeap);
    }

    // One worker looks after the heap for all.
    private void CheckHeap()
    {
        if (_filter.Index == 0)
        {
            _heap.Check();
        }
    }
}
