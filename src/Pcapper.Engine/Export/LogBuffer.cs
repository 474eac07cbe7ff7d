using System.Buffers;

namespace Pcapper.Engine;

/// <summary>The rows of one log of one shard that are in memory.</summary>
internal sealed class LogBuffer(ILogSchema schema)
{
    private const int RowOverhead = 40;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<(LogKey Key, int Start, int Length)> _rows = [];

    public ILogSchema Schema => schema;

    public int Count => _rows.Count;

    /// <summary>Adds a row; returns how many bytes of memory it takes.</summary>
    public int Add(ILogFormatter formatter, LogKey key, ReadOnlySpan<LogValue> values)
    {
        int start = _bytes.WrittenCount;
        formatter.WriteRow(schema, values, _bytes);
        int length = _bytes.WrittenCount - start;
        _rows.Add((key, start, length));
        return length + RowOverhead;
    }

    public void Sort() => _rows.Sort((a, b) => a.Key.CompareTo(b.Key) is not 0 and var order ? order
        : Bytes(a.Start, a.Length).SequenceCompareTo(Bytes(b.Start, b.Length)));

    public (LogKey Key, ReadOnlyMemory<byte> Bytes) Row(int index)
    {
        (LogKey key, int start, int length) = _rows[index];
        return (key, _bytes.WrittenMemory.Slice(start, length));
    }

    public void Clear()
    {
        _rows.Clear();
        _bytes.ResetWrittenCount();
    }

    private ReadOnlySpan<byte> Bytes(int start, int length) => _bytes.WrittenSpan.Slice(start, length);
}
