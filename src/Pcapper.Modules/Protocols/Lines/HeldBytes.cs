using System.Runtime.InteropServices;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>Messages of one side that wait for what the other side says, with the frames that carried them.</summary>
/// <param name="direction">The side.</param>
internal sealed class HeldBytes(Direction direction)
{
    private readonly List<byte> _bytes = [];
    private readonly List<ChunkPiece> _pieces = [];
    private int _piece;

    /// <summary>Gets which side sent them.</summary>
    public Direction Direction { get; } = direction;

    /// <summary>Holds the bytes that a chunk begins with; false if they are too many.</summary>
    public bool TryAdd(ReadOnlySpan<byte> bytes, in StreamChunk chunk)
    {
        if (_bytes.Count + bytes.Length > Limits.EarlyBytes)
        {
            return false;
        }

        _pieces.Add(new ChunkPiece(_bytes.Count, chunk.Frame, chunk.Time));
        _bytes.AddRange(bytes);
        return true;
    }

    /// <summary>Gets what is held from an offset on, as a chunk, empty behind the end; offsets only grow.</summary>
    public StreamChunk From(int offset)
    {
        offset = Math.Min(offset, _bytes.Count);
        while (_piece + 1 < _pieces.Count && _pieces[_piece + 1].Offset <= offset)
        {
            _piece++;
        }

        return new StreamChunk { Bytes = CollectionsMarshal.AsSpan(_bytes)[offset..], Pieces = CollectionsMarshal.AsSpan(_pieces)[_piece..], Origin = offset, IsDatagram = false };
    }
}
