using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Puts together the handshake messages of one direction, which records cut as they like (RFC 8446, 5.1).</summary>
internal sealed class HandshakeBuffer
{
    /// <summary>The most that a message may have; longer chains of certificates are not in use.</summary>
    public const int MaxMessage = 128 * 1024;

    private const int HeaderLength = 4;
    private byte[] _bytes = [];
    private int _length;
    private int _taken;

    /// <summary>Gets a value indicating whether a message announced more than <see cref="MaxMessage"/>.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Gets how many bytes it has room for.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Adds what a record carried.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        // What was taken is let go of once it is the most of it: records need not end where messages do.
        if (_taken > _length / 2)
        {
            _bytes.AsSpan(_taken, _length - _taken).CopyTo(_bytes);
            _length -= _taken;
            _taken = 0;
        }

        if (_length + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + bytes.Length, 2 * _bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Takes the next whole message.</summary>
    public bool TryTake(out TlsHandshakeType type, out ReadOnlySpan<byte> body)
    {
        type = default;
        body = default;
        ReadOnlySpan<byte> rest = _bytes.AsSpan(_taken, _length - _taken);
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
        _bytes = [];
        _length = 0;
        _taken = 0;
    }
}
