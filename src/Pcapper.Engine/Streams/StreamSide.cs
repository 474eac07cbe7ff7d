using System.Buffers;
using System.Runtime.InteropServices;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>What one direction has in store.</summary>
internal struct StreamSide
{
    private const int FarthestOrigin = 1 << 30;

    public long Skip;
    public int Needed;
    private byte[]? _buffer;
    private int _start;
    private int _length;
    private int _origin;
    private List<ChunkPiece>? _pieces;

    public readonly bool IsEmpty => _length == 0;

    public readonly int Length => _length;

    /// <summary>Gets how much memory is set aside for it.</summary>
    public readonly int Reserved => _buffer?.Length ?? 0;

    public readonly FrameRef FirstFrame => _pieces![0].Frame;

    public readonly ReadOnlySpan<byte> Bytes => _buffer is null ? default : _buffer.AsSpan(_start, _length);

    public readonly ReadOnlySpan<ChunkPiece> Pieces => CollectionsMarshal.AsSpan(_pieces);

    /// <summary>Gets the offset of the first byte, as the pieces count.</summary>
    public readonly int Origin => _origin;

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
            _buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        }
        else if (_start + _length + bytes.Length > _buffer.Length)
        {
            // What was announced is not reserved before it comes: at most twice what was captured.
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + bytes.Length, _length * 2));
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
            _start = 0;
        }

        bytes.CopyTo(_buffer.AsSpan(_start + _length));
        if (_pieces.Count == 0 || _pieces[^1].Frame != frame)
        {
            _pieces.Add(new ChunkPiece(_origin + _length, frame, time));
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
        _origin += count;
        _pieces!.RemoveRange(0, ChunkPiece.IndexOf(Pieces, _origin));
        if (_origin > FarthestOrigin)
        {
            Renumber();
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
        _origin = 0;
        _pieces = null;
        Needed = 0;
    }

    private void Renumber()
    {
        for (int i = 0; i < _pieces!.Count; i++)
        {
            _pieces[i] = _pieces[i] with { Offset = Math.Max(0, _pieces[i].Offset - _origin) };
        }

        _origin = 0;
    }
}
