using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>
/// Reads fixed-width fields from untrusted bytes without ever throwing.
/// Reading past the end yields zeros and sets <see cref="Overrun"/>, which stays set.
/// </summary>
public ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Gets the number of bytes consumed so far.</summary>
    public int Position { get; private set; }

    /// <summary>Gets a value indicating whether a read went past the end of the input.</summary>
    public bool Overrun { get; private set; }

    /// <summary>Gets the bytes not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    /// <summary>Gets how many bytes are not read yet.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>Reads one byte.</summary>
    public byte U8()
    {
        if (Overrun || (uint)Position >= (uint)_bytes.Length)
        {
            Overrun = true;
            return 0;
        }

        return _bytes[Position++];
    }

    /// <summary>Reads a big-endian (network order) 16-bit number.</summary>
    public ushort U16() => Take(2) is { Length: 2 } b ? BinaryPrimitives.ReadUInt16BigEndian(b) : (ushort)0;

    /// <summary>Reads a big-endian 24-bit number.</summary>
    public int U24() => Take(3) is [var a, var b, var c] ? (a << 16) | (b << 8) | c : 0;

    /// <summary>Reads a big-endian 32-bit number.</summary>
    public uint U32() => Take(4) is { Length: 4 } b ? BinaryPrimitives.ReadUInt32BigEndian(b) : 0u;

    /// <summary>Reads a big-endian 48-bit number, as a MAC address is.</summary>
    public ulong U48() => Take(6) is { Length: 6 } b ? ((ulong)BinaryPrimitives.ReadUInt16BigEndian(b) << 32) | BinaryPrimitives.ReadUInt32BigEndian(b[2..]) : 0ul;

    /// <summary>Reads a big-endian 64-bit number.</summary>
    public ulong U64() => Take(8) is { Length: 8 } b ? BinaryPrimitives.ReadUInt64BigEndian(b) : 0ul;

    /// <summary>Reads a little-endian 16-bit number.</summary>
    public ushort U16Little() => Take(2) is { Length: 2 } b ? BinaryPrimitives.ReadUInt16LittleEndian(b) : (ushort)0;

    /// <summary>Reads a little-endian 32-bit number.</summary>
    public uint U32Little() => Take(4) is { Length: 4 } b ? BinaryPrimitives.ReadUInt32LittleEndian(b) : 0u;

    /// <summary>Reads a little-endian 64-bit number.</summary>
    public ulong U64Little() => Take(8) is { Length: 8 } b ? BinaryPrimitives.ReadUInt64LittleEndian(b) : 0ul;

    /// <summary>Reads <paramref name="count"/> bytes, or none and sets <see cref="Overrun"/>.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (Overrun || (uint)count > (uint)(_bytes.Length - Position))
        {
            Overrun = true;
            return default;
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    /// <summary>Steps over <paramref name="count"/> bytes, or sets <see cref="Overrun"/>.</summary>
    public void Skip(int count) => Take(count);
}
