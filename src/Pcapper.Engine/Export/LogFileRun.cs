using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Rows that were spilled: a stretch of a shard's temporary file.</summary>
internal sealed class LogFileRun(SafeFileHandle file, long start, long length, int bufferSize) : LogRun
{
    /// <summary>The bytes before each row: time, capture, frame number, length.</summary>
    public const int HeaderLength = 8 + 4 + 8 + 4;

    private readonly long _end = start + length;
    private byte[] _buffer = new byte[Math.Max(bufferSize, HeaderLength)];
    private long _position = start;
    private int _at;
    private int _filled;

    /// <summary>Writes a row with its header.</summary>
    public static void Write(IBufferWriter<byte> output, LogKey key, ReadOnlySpan<byte> row)
    {
        Span<byte> header = output.GetSpan(HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(header, key.Time.Nanoseconds);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], key.Frame.Capture);
        BinaryPrimitives.WriteInt64LittleEndian(header[12..], key.Frame.Number);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], row.Length);
        output.Advance(HeaderLength);
        output.Write(row);
    }

    public override bool TryNext()
    {
        if (_position == _end && _at == _filled)
        {
            return false;
        }

        Fill(HeaderLength);
        ReadOnlySpan<byte> header = _buffer.AsSpan(_at, HeaderLength);
        Key = new LogKey(
            new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(header)),
            new FrameRef(BinaryPrimitives.ReadInt32LittleEndian(header[8..]), BinaryPrimitives.ReadInt64LittleEndian(header[12..])));
        int row = BinaryPrimitives.ReadInt32LittleEndian(header[20..]);
        _at += HeaderLength;
        Fill(row);
        Bytes = _buffer.AsMemory(_at, row);
        _at += row;
        return true;
    }

    private void Fill(int needed)
    {
        if (_filled - _at >= needed)
        {
            return;
        }

        byte[] buffer = needed <= _buffer.Length ? _buffer : new byte[needed];
        _buffer.AsSpan(_at, _filled - _at).CopyTo(buffer);
        (_buffer, _filled, _at) = (buffer, _filled - _at, 0);
        while (_filled < needed)
        {
            int read = RandomAccess.Read(file, _buffer.AsSpan(_filled, (int)Math.Min(_buffer.Length - _filled, _end - _position)), _position);
            if (read == 0)
            {
                throw new EndOfStreamException("a temporary file of the log export was cut");
            }

            _filled += read;
            _position += read;
        }
    }
}
