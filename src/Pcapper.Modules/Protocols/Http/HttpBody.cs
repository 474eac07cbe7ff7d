using System.Buffers;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Counts the bytes of a body and keeps its start.</summary>
internal sealed class HttpBody
{
    private const int Kept = 8 * 1024;

    private byte[] _start = [];
    private int _length;

    /// <summary>Gets how many bytes were seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Gets or sets the file that it becomes, or null.</summary>
    public HttpCarriedBody? File { get; set; }

    /// <summary>Takes the next bytes, the first of a chunk.</summary>
    public void Add(ReadOnlySpan<byte> bytes, in StreamChunk chunk)
    {
        Seen += bytes.Length;
        if (File is not null && !bytes.IsEmpty)
        {
            File.Append(bytes, chunk.FrameAt(bytes.Length - 1), chunk.TimeAt(bytes.Length - 1));
        }

        int room = Math.Min(Kept - _length, bytes.Length);
        if (room <= 0)
        {
            return;
        }

        Reserve(_length + room);
        bytes[..room].CopyTo(_start.AsSpan(_length));
        _length += room;
    }

    /// <summary>Forgets all, for the next message.</summary>
    public void Clear()
    {
        Return();
        (Seen, _length, File, _start) = (0, 0, null, []);
    }

    /// <summary>Gets the start with content encodings undone.</summary>
    public ReadOnlyMemory<byte> Decode(string? encodings) => _length == 0 ? default : BodyStart.Decode(_start.AsSpan(0, _length), encodings);

    private void Reserve(int length)
    {
        if (_start.Length >= length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(length);
        _start.AsSpan(0, _length).CopyTo(larger);
        Return();
        _start = larger;
    }

    private void Return()
    {
        if (_start.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_start);
        }
    }
}
