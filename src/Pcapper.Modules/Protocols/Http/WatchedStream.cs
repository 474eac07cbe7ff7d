using System.Buffers.Binary;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Hands a decoder its input, and remembers how it ended.</summary>
internal sealed class WatchedStream(Stream source) : SourceStream
{
    private readonly byte[] _tail = new byte[sizeof(uint)];

    /// <summary>Gets how many bytes went through.</summary>
    public long Passed { get; private set; }

    /// <summary>Gets a value indicating whether more was asked for than there is.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Gets the last four bytes as a number.</summary>
    public uint Tail => BinaryPrimitives.ReadUInt32LittleEndian(_tail);

    public override int Read(Span<byte> buffer)
    {
        int read = source.Read(buffer);
        Passed += read;
        IsAtEnd |= read == 0 && !buffer.IsEmpty;
        int kept = Math.Min(read, _tail.Length);
        _tail.AsSpan(kept).CopyTo(_tail);
        buffer[(read - kept)..read].CopyTo(_tail.AsSpan(_tail.Length - kept));
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
