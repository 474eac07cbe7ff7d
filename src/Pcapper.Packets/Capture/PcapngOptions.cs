using System.Buffers.Binary;
using System.Text;

namespace Pcapper.Packets;

/// <summary>Fields and options of a pcapng block in the byte order of its section (draft-ietf-opsawg-pcapng, 3.5). Never throws.</summary>
internal ref struct PcapngOptions(ReadOnlySpan<byte> bytes, bool big)
{
    private readonly bool _big = big;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Gets how many bytes are left.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Reads a 16-bit field, 0 past the end.</summary>
    public ushort U16() => Take(2) is { Length: 2 } b ? _big ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b) : (ushort)0;

    /// <summary>Reads a 32-bit field, 0 past the end.</summary>
    public uint U32() => Take(4) is { Length: 4 } b ? _big ? BinaryPrimitives.ReadUInt32BigEndian(b) : BinaryPrimitives.ReadUInt32LittleEndian(b) : 0;

    /// <summary>Reads a 64-bit field, 0 past the end.</summary>
    public ulong U64() => Take(8) is { Length: 8 } b ? _big ? BinaryPrimitives.ReadUInt64BigEndian(b) : BinaryPrimitives.ReadUInt64LittleEndian(b) : 0;

    /// <summary>Takes bytes, or none and nothing is left.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            _rest = default;
            return default;
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Reads the next code and value, which is padded to four bytes; options and name records have this form.</summary>
    public bool TryNext(out ushort code, out ReadOnlySpan<byte> value)
    {
        value = default;
        code = U16();
        int length = U16();
        if (code == 0 || length > _rest.Length)
        {
            return false;
        }

        value = Take(length);
        Take(Math.Min(-length & 3, _rest.Length));
        return true;
    }

    /// <summary>Decodes a text, which may end in zeros, up to <see cref="Limits.CaptureText"/> bytes.</summary>
    public static string Text(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> text = value.TrimEnd((byte)0);
        return Encoding.UTF8.GetString(text[..Math.Min(text.Length, Limits.CaptureText)]);
    }
}
