using System.Buffers;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Puts together the handshake messages of one direction, which records cut as they like (RFC 8446, 5.1).</summary>
internal sealed class HandshakeBuffer
{
    /// <summary>The most that a message may have; longer chains of certificates are not in use.</summary>
    public const int MaxMessage = 128 * 1024;

    private const int HeaderLength = 4;
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _taken;

    /// <summary>Gets a value indicating whether a message announced more than <see cref="MaxMessage"/>.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Gets a value indicating whether a message has begun but not ended.</summary>
    public bool IsPartial => _bytes.WrittenCount > _taken;

    /// <summary>Adds what a record carried.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_taken == _bytes.WrittenCount)
        {
            Clear();
        }

        _bytes.Write(bytes);
    }

    /// <summary>Takes the next whole message.</summary>
    public bool TryTake(out TlsHandshakeType type, out ReadOnlySpan<byte> body)
    {
        type = default;
        body = default;
        ReadOnlySpan<byte> rest = _bytes.WrittenSpan[_taken..];
        var reader = new WireReader(rest);
        byte kind = reader.U8();
        int length = reader.U24();
        if (reader.Overrun)
        {
            return false;
        }

        TooLong |= length > MaxMessage;
        if (TooLong || reader.Remaining < length)
        {
            return false;
        }

        type = (TlsHandshakeType)kind;
        body = reader.Take(length);
        _taken += HeaderLength + length;
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _taken = 0;
    }
}
