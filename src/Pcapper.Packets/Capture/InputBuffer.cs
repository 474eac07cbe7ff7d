using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Pcapper.Packets;

/// <summary>
/// The bytes of a capture from the next unread one on, out of a file or a stream, through one pooled block.
/// A failing source is an end of the bytes with <see cref="Failure"/> set.
/// </summary>
internal sealed class InputBuffer : IDisposable
{
    private const int BlockLength = 256 * 1024;

    private readonly SafeFileHandle? _file;
    private readonly Stream? _stream;
    private byte[] _block;
    private int _start;
    private int _end;
    private long _read;
    private bool _ended;

    /// <summary>Reads a file from its beginning.</summary>
    public InputBuffer(SafeFileHandle file)
    {
        _file = file;
        _block = ArrayPool<byte>.Shared.Rent(BlockLength);
    }

    /// <summary>Reads a stream whose first bytes were read before.</summary>
    public InputBuffer(Stream stream, ReadOnlySpan<byte> alreadyRead)
    {
        _stream = stream;
        _block = ArrayPool<byte>.Shared.Rent(Math.Max(BlockLength, alreadyRead.Length));
        alreadyRead.CopyTo(_block);
        _end = alreadyRead.Length;
        _read = alreadyRead.Length;
    }

    /// <summary>Gets what the source said when it failed.</summary>
    public string? Failure { get; private set; }

    /// <summary>Gets how many bytes have been consumed.</summary>
    public long Position => _read - (_end - _start);

    /// <summary>Gets how many bytes are at hand without reading.</summary>
    public int Available => _end - _start;

    /// <summary>Tells whether that many more bytes exist, reading as needed.</summary>
    public bool Has(int count) => _end - _start >= count || Fill(count);

    /// <summary>Gets the next bytes, which <see cref="Has"/> said exist.</summary>
    public ReadOnlySpan<byte> Peek(int count) => _block.AsSpan(_start, count);

    /// <summary>Steps over bytes that <see cref="Has"/> said exist.</summary>
    public void Advance(int count) => _start += count;

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended = true;
        _start = 0;
        _end = 0;
        byte[] block = _block;
        _block = [];
        if (block.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        _file?.Dispose();
        _stream?.Dispose();
    }

    private bool Fill(int count)
    {
        while (_end - _start < count && !_ended)
        {
            if (_end == _block.Length)
            {
                MakeRoom(count);
            }

            int got = Read(_block.AsSpan(_end));
            _ended = got == 0;
            _end += got;
            _read += got;
        }

        return _end - _start >= count;
    }

    private void MakeRoom(int count)
    {
        if (_start == 0)
        {
            Grow(count);
            return;
        }

        _block.AsSpan(_start, _end - _start).CopyTo(_block);
        _end -= _start;
        _start = 0;
    }

    // Only as fast as bytes arrive: a length in the file alone makes nothing grow.
    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(count, _block.Length * 2L));
        _block.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_block);
        _block = larger;
    }

    private int Read(Span<byte> into)
    {
        try
        {
            return _file is not null ? RandomAccess.Read(_file, into, _read) : _stream!.Read(into);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Failure = exception is InvalidDataException ? exception.Message : "read error";
            return 0;
        }
    }
}
