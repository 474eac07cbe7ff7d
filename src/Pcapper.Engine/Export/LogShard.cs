using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The rows of one shard: in memory up to a bound, beyond it in one temporary file.</summary>
internal sealed class LogShard(ILogFormatter formatter, string spillPath, long memory) : ILogSink, IDisposable
{
    private const int WriteSize = 1 << 18;

    private readonly Dictionary<string, LogBuffer> _buffers = new(StringComparer.Ordinal);
    private readonly List<(string Path, long Start, long Length)> _spilled = [];
    private SafeFileHandle? _file;
    private long _fileLength;
    private long _used;

    /// <summary>Gets how many runs lie in the temporary file.</summary>
    public int Spilled => _spilled.Count;

    /// <summary>Gets the logs that have rows.</summary>
    public IEnumerable<ILogSchema> Schemas => _buffers.Values.Select(buffer => buffer.Schema);

    public void Write(ILogSchema schema, Timestamp time, FrameRef frame, ReadOnlySpan<LogValue> values)
    {
        if (!_buffers.TryGetValue(schema.Path, out LogBuffer? buffer))
        {
            buffer = new LogBuffer(schema);
            _buffers.Add(schema.Path, buffer);
        }

        _used += buffer.Add(formatter, new LogKey(time, frame), values);
        if (_used >= memory)
        {
            Spill();
        }
    }

    /// <summary>Gets the sorted runs of one log.</summary>
    public IEnumerable<LogRun> Runs(string path, int bufferSize)
    {
        foreach ((string log, long start, long length) in _spilled)
        {
            if (string.Equals(log, path, StringComparison.Ordinal))
            {
                yield return new LogFileRun(_file!, start, length, bufferSize);
            }
        }

        if (_buffers.TryGetValue(path, out LogBuffer? buffer))
        {
            yield return new LogMemoryRun(buffer);
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Spill()
    {
        _file ??= File.OpenHandle(spillPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        var output = new ArrayBufferWriter<byte>(2 * WriteSize);
        foreach ((string path, LogBuffer buffer) in _buffers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (buffer.Count == 0)
            {
                continue;
            }

            buffer.Sort();
            long start = _fileLength;
            for (int i = 0; i < buffer.Count; i++)
            {
                (LogKey key, ReadOnlyMemory<byte> bytes) = buffer.Row(i);
                LogFileRun.Write(output, key, bytes.Span);
                if (output.WrittenCount >= WriteSize)
                {
                    Flush(output);
                }
            }

            Flush(output);
            _spilled.Add((path, start, _fileLength - start));
            buffer.Clear();
        }

        _used = 0;
    }

    private void Flush(ArrayBufferWriter<byte> output)
    {
        RandomAccess.Write(_file!, output.WrittenSpan, _fileLength);
        _fileLength += output.WrittenCount;
        output.ResetWrittenCount();
    }
}
