using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests;

public sealed class LogTests : IDisposable
{
    private static readonly LogSchema<SoftwareSeen> s_software = LogSchema<SoftwareSeen>.ForFlow(
        "software",
        new("name", "string", record => record.Banner),
        new("host_p", "port", record => LogValue.Port(record.Port)));

    private static readonly LogSchema<SoftwareSeen> s_protocols = new("protocols", new LogColumn<SoftwareSeen>("name", "string", record => record.Protocol))
    {
        Where = record => record.Protocol != "skip",
    };

    private readonly string _directory = Directory.CreateTempSubdirectory("pcapper-tests-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_json_row_is_what_zeek_writes() => Assert.Equal(
        """{"ts":1770195598.113204,"id.orig_h":"10.0.0.5","n":7,"i":-7,"d":0.5,"gap":-0.000001,"ok":true,"port":443,"kind":"SMB::FILE_OPEN","names":["a","b"],"ttls":[0.000214,60.000000],"counts":[1,2],"none":[]}""" + "\n",
        Row(
            new ZeekJsonFormatter(),
            ("ts", LogValue.Time(SampleReport.Start)), ("id.orig_h", IpAddress.Parse("10.0.0.5")), ("n", LogValue.Count(7)), ("i", LogValue.Int(-7)),
            ("d", LogValue.Double(0.5)), ("gap", LogValue.Interval(-1)), ("ok", true), ("x", LogValue.Unset), ("port", LogValue.Port(443)),
            ("kind", LogValue.Enum("SMB::FILE_OPEN")), ("names", LogValue.Texts(["a", "b"])), ("ttls", LogValue.Intervals([214_000, 60_000_000_000])),
            ("counts", LogValue.Counts([1, 2])), ("none", LogValue.Texts([]))));

    [Fact]
    public void A_tsv_row_is_what_zeek_writes() => Assert.Equal(
        "1770195598.113204\t10.0.0.5\t18446744073709551615\t-7\t0.500000\tT\t-\t443\ta,b\\x2cc\t(empty)\t(empty)\t\\x2d\t\\x28empty)\tC:\\\\x\\x09y\tgrüße\\x1b\\xe2\\x80\\xae\n",
        Row(
            new ZeekTsvFormatter(),
            ("ts", LogValue.Time(SampleReport.Start)), ("h", IpAddress.Parse("10.0.0.5")), ("n", LogValue.Count(ulong.MaxValue)), ("i", LogValue.Int(-7)),
            ("d", LogValue.Double(0.5)), ("ok", true), ("x", LogValue.Unset), ("port", LogValue.Port(443)), ("names", LogValue.Texts(["a", "b,c"])),
            ("none", LogValue.Texts([])), ("empty", string.Empty), ("dash", "-"), ("word", "(empty)"), ("path", "C:\\x\ty"), ("u", "grüße\u001b\u202e")));

    [Fact]
    public void A_row_that_looks_like_a_comment_is_escaped() => Assert.Equal("\\x23x\n", Row(new ZeekTsvFormatter(), ("a", "#x")));

    [Fact]
    public void Json_rows_say_the_same_as_the_text_and_obey_no_terminal()
        => Gen.String.Always(text =>
        {
            string row = Row(new ZeekJsonFormatter(), ("a", text));
            Assert.True(PrintableTests.IsHarmless(row.TrimEnd('\n').Replace('\u0301', 'x')));
            using JsonDocument json = JsonDocument.Parse(row);
            string back = json.RootElement.GetProperty("a").GetString()!;
            if (text.EnumerateRunes().All(rune => rune.Value is '\n' or '\t' or '\r' or '\b' or '\f' or (>= ' ' and not 0x7F) and not 0xFFFD))
            {
                Assert.Equal(text, back);
            }
        });

    [Fact]
    public void Half_a_surrogate_pair_becomes_its_bytes()
        => Assert.Equal("{\"a\":\"x\\\\xed\\\\xa0\\\\x80\\\\x1b\"}\n", Row(new ZeekJsonFormatter(), ("a", "x\ud800\u001b")));

    [Fact]
    public void Logs_do_not_depend_on_shards_memory_or_order()
        => Gen.Select(Gen.Select(Gen.Int[0, 20], Gen.Int[1, 9], Gen.Int[0, 3], Make).List[1, 80], Gen.Int[1, 5], Gen.Int, Gen.Long[1, 3000]).Always(
            (records, shards, seed, memory) =>
            {
                string whole = Write(records, 1, 0, long.MaxValue);
                Assert.Equal(whole, Write(records, shards, seed, memory));
            },
            iterations: 50);

    [Fact]
    public void A_tsv_file_has_a_head_and_an_end()
    {
        using (var spool = new LogSpool(_directory, new ZeekTsvFormatter()))
        {
            Feed(spool.Shard(), [Make(2, 1, 0), Make(1, 2, 1)]);
            IReadOnlyList<(string Path, long Rows)> written = spool.Complete();
            Assert.Equal([2, 2], written.Select(log => log.Rows));
        }

        Assert.Equal(
            """
            #separator \x09
            #set_separator	,
            #empty_field	(empty)
            #unset_field	-
            #path	protocols
            #open	1970-01-01-00-00-01
            #fields	name
            #types	string
            p1
            p0
            #close	1970-01-01-00-00-02

            """,
            File.ReadAllText(Path.Combine(_directory, "protocols.log")));
        Assert.Equal(2, Directory.GetFiles(_directory).Length);
    }

    [Fact]
    public void What_is_not_completed_leaves_nothing_behind()
    {
        using (var spool = new LogSpool(_directory, new ZeekJsonFormatter(), memory: 1))
        {
            Feed(spool.Shard(), [Make(1, 1, 1)]);
            Assert.Single(Directory.GetFiles(_directory, ".*"));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void Trouble_with_the_disk_surfaces_and_leaves_no_log()
    {
        Assert.ThrowsAny<IOException>(() =>
        {
            using var spool = new LogSpool(_directory, new ZeekJsonFormatter());
            Feed(spool.Shard(), [Make(1, 1, 1)]);
            Directory.CreateDirectory(Path.Combine(_directory, "software.log"));
            spool.Complete();
        });
        Assert.DoesNotContain(Directory.GetFiles(_directory), path => path.Contains("software"));
    }

    private static SoftwareSeen Make(int second, int frame, int name) => new()
    {
        Flow = new FlowId(new FlowKey(IpAddress.Parse("10.0.0.5"), 1, IpAddress.Parse("10.0.0.9"), 2, IpProtocol.Tcp, default), new FrameRef(0, 1)),
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(second),
        Host = IpAddress.Parse("10.0.0.9"),
        Port = 2,
        Protocol = name == 3 ? "skip" : $"p{name}",
        Banner = $"banner {name}",
    };

    private static void Feed(ILogSink sink, List<SoftwareSeen> records)
    {
        var bus = new RecordBus();
        s_software.Subscribe(bus, sink);
        s_protocols.Subscribe(bus, sink);
        records.ForEach(bus.Emitter<SoftwareSeen>().Emit);
    }

    private static string Row(ILogFormatter formatter, params (string Name, LogValue Value)[] fields)
    {
        var schema = new LogSchema<SoftwareSeen>("test", [.. fields.Select(field => new LogColumn<SoftwareSeen>(field.Name, "string", _ => field.Value))]);
        var output = new ArrayBufferWriter<byte>();
        formatter.WriteRow(schema, [.. fields.Select(field => field.Value)], output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private string Write(List<SoftwareSeen> records, int shards, int seed, long memory)
    {
        string directory = Path.Combine(_directory, Guid.NewGuid().ToString("N"));
        using var spool = new LogSpool(directory, new ZeekJsonFormatter(), memory);
        ILogSink[] sinks = [.. Enumerable.Range(0, shards).Select(_ => spool.Shard())];
        var random = new Random(seed);
        foreach (IGrouping<int, SoftwareSeen> some in records.GroupBy(_ => random.Next(shards)))
        {
            Feed(sinks[some.Key], [.. some.Reverse()]);
        }

        spool.Complete();
        spool.Dispose();
        return string.Join('\n', Directory.GetFiles(directory).Order(StringComparer.Ordinal).Select(path => Path.GetFileName(path) + "\n" + File.ReadAllText(path)));
    }
}
