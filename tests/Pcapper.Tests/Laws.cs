using System.Buffers;
using CsCheck;
using Pcapper.Engine;
using Xunit;

namespace Pcapper.Tests;

/// <summary>
/// What must hold for every analyzer and every part: the state does not depend on how the work was split or in which order it was merged;
/// it survives storing; damaged bytes fail cleanly; the same state gives the same conclusions.
/// </summary>
public static class Laws
{
    private const int Most = 200;

    /// <summary>Checks an analyzer of one type of record.</summary>
    public static void Hold<TAnalyzer, TRecord>(Gen<TRecord> record, long iterations = 100)
        where TAnalyzer : IAnalyzer, new()
        where TRecord : ProtocolRecord
        => Hold<TAnalyzer>(Emit(record), iterations);

    /// <summary>Checks an analyzer of several types of records: <c>Gen.OneOf(Laws.Emit(one), Laws.Emit(other))</c>.</summary>
    public static void Hold<TAnalyzer>(Gen<Action<RecordBus>> emit, long iterations = 100)
        where TAnalyzer : IAnalyzer, new()
        => Hold<(TAnalyzer Analyzer, RecordBus Bus), Action<RecordBus>>(
            () =>
            {
                var analyzer = new TAnalyzer();
                var bus = new RecordBus();
                analyzer.Subscribe(bus);
                return (analyzer, bus);
            },
            emit, (shard, item) => item(shard.Bus), shard => shard.Analyzer, iterations);

    /// <summary>Checks an analyzer that is fed in some other way, for example with packets.</summary>
    public static void Hold<TAnalyzer, TItem>(Gen<TItem> item, Action<TAnalyzer, TItem> feed, long iterations = 100)
        where TAnalyzer : IAnalyzer, new()
        => Hold(() => new TAnalyzer(), item, feed, analyzer => analyzer, iterations);

    /// <summary>Makes what <see cref="Hold{TAnalyzer}"/> takes.</summary>
    public static Gen<Action<RecordBus>> Emit<TRecord>(Gen<TRecord> record)
        where TRecord : ProtocolRecord
        => record.Select(made => (Action<RecordBus>)(bus => bus.Emitter<TRecord>().Emit(made)));

    /// <summary>Checks one part.</summary>
    public static void HoldPart<TPart, TItem>(Func<TPart> create, Gen<TItem> item, Action<TPart, TItem> add, int most = Most, long iterations = 200)
        where TPart : IStatePart
        => Gen.Select(item.List[0, most], Gen.Int[1, 7], Gen.Int).Always(
            (items, shards, seed) =>
            {
                TPart whole = create();
                items.ForEach(made => add(whole, made));
                byte[] expected = Bytes(whole);
                Assert.Equal(expected, Bytes(whole));

                TPart[] parts = Split(items, shards, seed, create, add);
                IStatePart merged = create();
                foreach (TPart part in parts)
                {
                    byte[] before = Bytes(part);
                    merged.Merge(Load(part, create));
                    Assert.Equal(before, Bytes(part));
                }

                Assert.Equal(expected, Bytes(merged));

                // Another shape of the same tree: pairs first, into the right one.
                Assert.Equal(expected, Bytes(MergeAsTree([.. Split(items, shards, seed + 1, create, add)])));
                Assert.Equal(expected, Bytes(Load(whole, create)));
                SurvivesDamage(expected, create, seed);
            },
            iterations: iterations);

    /// <summary>Gets a part's bytes.</summary>
    public static byte[] Bytes(IStatePart part)
    {
        var bytes = new ArrayBufferWriter<byte>();
        part.Write(new StateWriter(bytes));
        return bytes.WrittenSpan.ToArray();
    }

    private static void Hold<TShard, TItem>(
        Func<TShard> create, Gen<TItem> item, Action<TShard, TItem> feed, Func<TShard, IAnalyzer> analyzerOf, long iterations)
        => Gen.Select(item.List[0, Most], Gen.Int[1, 7], Gen.Int).Always(
            (items, shards, seed) =>
            {
                TShard whole = create();
                items.ForEach(made => feed(whole, made));
                IAnalyzer analyzer = analyzerOf(whole);
                byte[] expected = Bytes(analyzer.State);
                byte[] concluded = Conclude(analyzer, analyzer.State);

                AnalyzerState merged = analyzer.CreateState();
                foreach (TShard shard in Split(items, shards, seed, create, feed))
                {
                    merged.Merge(Load(analyzerOf(shard).State, analyzer.CreateState));
                }

                Assert.Equal(expected, Bytes(merged));
                Assert.Equal(concluded, Conclude(analyzer, merged));
                Assert.Equal(concluded, Conclude(analyzer, merged));
                Assert.Equal(expected, Bytes(merged));
                Assert.Equal(concluded, Conclude(analyzer, Load(merged, analyzer.CreateState)));
                SurvivesDamage(expected, analyzer.CreateState, seed);
            },
            iterations: iterations);

    private static TShard[] Split<TShard, TItem>(List<TItem> items, int count, int seed, Func<TShard> create, Action<TShard, TItem> feed)
    {
        TShard[] shards = [.. Enumerable.Range(0, count).Select(_ => create())];
        var random = new Random(seed);
        foreach (TItem made in items)
        {
            feed(shards[random.Next(count)], made);
        }

        random.Shuffle(shards);
        return shards;
    }

    private static IStatePart MergeAsTree(List<IStatePart> parts)
    {
        while (parts.Count > 1)
        {
            parts[^1].Merge(parts[0]);
            parts.RemoveAt(0);
        }

        return parts[0];
    }

    private static TPart Load<TPart>(TPart part, Func<TPart> create)
        where TPart : IStatePart
    {
        TPart copy = create();
        var reader = new StateReader(Bytes(part));
        copy.Read(ref reader);
        Assert.False(reader.Failed);
        Assert.Equal(0, reader.Remaining);
        return copy;
    }

    private static void SurvivesDamage<TPart>(byte[] bytes, Func<TPart> create, int seed)
        where TPart : IStatePart
    {
        var random = new Random(seed);
        byte[] noise = new byte[random.Next(64)];
        random.NextBytes(noise);
        Read(noise, create);
        if (bytes.Length == 0)
        {
            return;
        }

        Read(bytes.AsSpan(0, random.Next(bytes.Length)), create);
        for (int i = 0; i < 3; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Read(damaged, create);
        }
    }

    // Damage may go unnoticed where any number would do; what was loaded must then be usable.
    private static void Read<TPart>(ReadOnlySpan<byte> bytes, Func<TPart> create)
        where TPart : IStatePart
    {
        TPart part = create();
        var reader = new StateReader(bytes);
        part.Read(ref reader);
        if (!reader.Failed)
        {
            Bytes(part);
            create().Merge(part);
        }
    }

    private static byte[] Conclude(IAnalyzer analyzer, AnalyzerState state)
    {
        var conclusions = new Conclusions(analyzer.Info, [], new Dictionary<Type, AnalyzerState>());
        analyzer.Conclude(state, conclusions);
        var document = new ReportDocument(new ReportHeader("pcapper", "test", []), [], conclusions.Findings)
        {
            Sections = [conclusions.Section],
            Indicators = conclusions.Indicators,
            Overview = conclusions.Overview,
        };
        using var output = new MemoryStream();
        new JsonRenderer().Render(document, output, new RenderOptions());
        return output.ToArray();
    }
}
