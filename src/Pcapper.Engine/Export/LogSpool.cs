using System.Buffers;
using System.Globalization;

namespace Pcapper.Engine;

/// <summary>
/// Collects the rows of all logs from all shards and writes them, sorted by time and frame, into <c>DIR/LOG.log</c>: the files do not
/// depend on the number of shards. A log appears only when all of it is written. Trouble with the disk surfaces as <see cref="IOException"/>.
/// </summary>
public sealed class LogSpool : IDisposable
{
    private const long DefaultMemory = 32 << 20;
    private const int MergeMemory = 32 << 20;
    private const int MinBuffer = 1 << 12;
    private const int MaxBuffer = 1 << 18;

    private readonly string _directory;
    private readonly ILogFormatter _formatter;
    private readonly long _memory;
    private readonly List<LogShard> _shards = [];
    private readonly List<string> _partials = [];
    private readonly Lock _lock = new();

    /// <summary>Initializes a new instance of the <see cref="LogSpool"/> class; makes the directory if need be.</summary>
    /// <param name="directory">Where the logs go.</param>
    /// <param name="formatter">The format.</param>
    /// <param name="memory">The bytes that each shard holds in memory before it uses a temporary file.</param>
    public LogSpool(string directory, ILogFormatter formatter, long memory = DefaultMemory)
    {
        Directory.CreateDirectory(directory);
        _directory = directory;
        _formatter = formatter;
        _memory = memory;
    }

    /// <summary>Makes the sink of one shard. The sink is used by one thread at a time; this may be called from any.</summary>
    public ILogSink Shard()
    {
        lock (_lock)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $".pcapper-{Environment.ProcessId}-{_shards.Count}.spill");
            var shard = new LogShard(_formatter, Path.Combine(_directory, name), _memory);
            _shards.Add(shard);
            return shard;
        }
    }

    /// <summary>
    /// Writes the logs; call once, when no shard writes any more. Of the logs that there could be, those without rows are removed from the
    /// directory, so that none of an earlier run is taken for this one's.
    /// </summary>
    /// <param name="all">All logs that there could be.</param>
    /// <returns>The files written and their rows.</returns>
    public IReadOnlyList<(string Path, long Rows)> Complete(params IEnumerable<ILogSchema> all)
    {
        // Two declarations may feed one log; the fields are those of the first by the order of shards.
        var schemas = new SortedDictionary<string, ILogSchema>(StringComparer.Ordinal);
        foreach (ILogSchema schema in _shards.SelectMany(shard => shard.Schemas))
        {
            schemas.TryAdd(schema.Path, schema);
        }

        int bufferSize = Math.Clamp(MergeMemory / Math.Max(1, _shards.Sum(shard => shard.Spilled)), MinBuffer, MaxBuffer);
        var written = new List<(string Path, long Rows)>();
        foreach (ILogSchema schema in schemas.Values)
        {
            string partial = Path.Combine(_directory, $".{schema.Path}.log.partial");
            _partials.Add(partial);
            long rows = Merge(schema, [.. _shards.SelectMany(shard => shard.Runs(schema.Path, bufferSize))], partial);
            written.Add((Path.Combine(_directory, schema.Path + ".log"), rows));
        }

        foreach (string path in all.Select(schema => schema.Path).Where(path => !schemas.ContainsKey(path)))
        {
            File.Delete(Path.Combine(_directory, path + ".log"));
        }

        for (int i = 0; i < written.Count; i++)
        {
            File.Move(_partials[i], written[i].Path, overwrite: true);
        }

        _partials.Clear();
        return written;
    }

    /// <summary>Removes what is temporary, and logs that were not completed.</summary>
    public void Dispose()
    {
        _shards.ForEach(shard => shard.Dispose());
        _partials.ForEach(File.Delete);
    }

    private long Merge(ILogSchema schema, List<LogRun> runs, string path)
    {
        var queue = new PriorityQueue<LogRun, LogRun>(LogRun.Order);
        foreach (LogRun run in runs)
        {
            if (run.TryNext())
            {
                queue.Enqueue(run, run);
            }
        }

        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        var edge = new ArrayBufferWriter<byte>();
        LogKey last = queue.Peek().Key;
        _formatter.WriteHeader(schema, last.Time, edge);
        file.Write(edge.WrittenSpan);
        long rows = 0;
        while (queue.TryDequeue(out LogRun? run, out _))
        {
            file.Write(run.Bytes.Span);
            last = run.Key;
            rows++;
            if (run.TryNext())
            {
                queue.Enqueue(run, run);
            }
        }

        edge.ResetWrittenCount();
        _formatter.WriteFooter(schema, last.Time, edge);
        file.Write(edge.WrittenSpan);
        return rows;
    }
}
