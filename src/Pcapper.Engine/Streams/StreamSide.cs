using System.Buffers;
using System.Runtime.InteropServices;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>What one direction has in store.</summary>
internal struct StreamSide
{
    public long Skip;
    public int Needed;
    private byte[]? _buffer;
    private int _start;
    private int _length;
    private List<ChunkPiece>? _pieces;

    public readonly bool IsEmpty => _length == 0;

    public readonly int Length => _length;

    public readonly FrameRef FirstFrame => _pieces![0].Frame;

    public readonly ReadOnlySpan<byte> Bytes => _buffer is null ? default : _buffer.AsSpan(_start, _length);

    public readonly ReadOnlySpan<ChunkPiece> Pieces => CollectionsMarshal.AsSpan(_pieces);

    /// <summary>Gets the pieces of a part that begins at an offset, their offsets counted from there: in <paramref name="one"/> if it is one.</summary>
    public static ReadOnlySpan<ChunkPiece> PiecesFrom(ReadOnlySpan<ChunkPiece> pieces, int at, Span<ChunkPiece> one, out ChunkPiece[]? many)
    {
        many = null;
        int first = PieceAt(pieces, at);
        if (first == pieces.Length - 1)
        {
            one[0] = pieces[first] with { Offset = pieces[first].Offset - at };
            return one;
        }

        many = new ChunkPiece[pieces.Length - first];
        for (int i = 0; i < many.Length; i++)
        {
            many[i] = pieces[first + i] with { Offset = pieces[first + i].Offset - at };
        }

        return many;
    }

    public bool PassOver(ref ReadOnlySpan<byte> bytes)
    {
        if (Skip == 0)
        {
            return false;
        }

        int passed = (int)Math.Min(Skip, bytes.Length);
        Skip = Skip == long.MaxValue ? Skip : Skip - passed;
        bytes = bytes[passed..];
        return bytes.Length == 0;
    }

    public bool PassOverGap(ref long missing)
    {
        long passed = Math.Min(Skip, missing);
        Skip = Skip == long.MaxValue ? Skip : Skip - passed;
        missing -= passed;
        return missing == 0;
    }

    public void Append(ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        _pieces ??= [];
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length, Needed));
        }
        else if (_start + _length + bytes.Length > _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(_length + bytes.Length, _length * 2), Needed));
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
            _start = 0;
        }

        bytes.CopyTo(_buffer.AsSpan(_start + _length));
        if (_pieces.Count == 0 || _pieces[^1].Frame != frame)
        {
            _pieces.Add(new ChunkPiece(_length, frame, time));
        }

        _length += bytes.Length;
    }

    public void Consume(int count)
    {
        if (count >= _length)
        {
            long skip = Skip;
            int needed = Needed;
            Clear();
            Skip = skip;
            Needed = needed;
            return;
        }

        _start += count;
        _length -= count;
        _pieces!.RemoveRange(0, PieceAt(Pieces, count));
        for (int i = 0; i < _pieces.Count; i++)
        {
            _pieces[i] = _pieces[i] with { Offset = _pieces[i].Offset - count };
        }
    }

    public void Clear()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = null;
        _start = 0;
        _length = 0;
        _pieces = null;
        Needed = 0;
    }

    private static int PieceAt(ReadOnlySpan<ChunkPiece> pieces, int offset)
    {
        int at = pieces.Length - 1;
        while (at > 0 && pieces[at].Offset > offset)
        {
            at--;
        }

        return at;
    }
}
