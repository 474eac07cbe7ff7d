using System.Runtime.InteropServices;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>Messages of one side that wait for what the other side says, with the frames that carried them; they are read once, in turn.</summary>
/// <param name="direction">The side.</param>
internal sealed class HeldBytes(Direction direction)
{
    private readonly List<byte> _bytes = [];
    private readonly List<ChunkPiece> _pieces = [];
    private int _at;
    private int _piece;

    /// <summary>Gets which side sent them.</summary>
    public Direction Direction { get; } = direction;

    /// <summary>Gets a value indicating whether all were read.</summary>
    public bool IsEmpty => _at == _bytes.Count;

    /// <summary>Gets how many were read.</summary>
    public int Position => _at;

    /// <summary>Gets what was not read, as a chunk.</summary>
    public StreamChunk Rest => new() { Bytes = CollectionsMarshal.AsSpan(_bytes)[_at..], Pieces = CollectionsMarshal.AsSpan(_pieces)[_piece..], Origin = _at, IsDatagram = false };

    /// <summary>Holds the bytes that a chunk begins with; false if they are too many.</summary>
    public bool TryAdd(ReadOnlySpan<byte> bytes, in StreamChunk chunk)
    {
        if (_bytes.Count + bytes.Length > Limits.EarlyBytes)
        {
            return false;
        }

        if (_pieces.Count == 0 || _pieces[^1].Frame != chunk.Frame)
        {
            _pieces.Add(new ChunkPiece(_bytes.Count, chunk.Frame, chunk.Time));
        }

        _bytes.AddRange(bytes);
        return true;
    }

    /// <summary>Notes that so many more bytes were read.</summary>
    public void Read(long bytes)
    {
        _at = (int)Math.Min(_at + bytes, _bytes.Count);
        while (_piece + 1 < _pieces.Count && _pieces[_piece + 1].Offset <= _at)
        {
            _piece++;
        }
    }
}
