using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>Reads arguments in little-endian NDR (C706, chapter 14), as far as their order is known.</summary>
internal ref struct NdrReader(ReadOnlySpan<byte> arguments)
{
    private WireReader _reader = new(arguments);

    /// <summary>Gets a value indicating whether a read went past the end.</summary>
    public readonly bool Overrun => _reader.Overrun;

    /// <summary>Steps over bytes.</summary>
    public void Skip(int count) => _reader.Skip(count);

    /// <summary>Reads bytes.</summary>
    public ReadOnlySpan<byte> Take(int count) => _reader.Take(count);

    /// <summary>Reads a number of 32 bits, which begins at a multiple of four.</summary>
    public uint U32()
    {
        _reader.Skip(-_reader.Position & 3);
        return _reader.U32Little();
    }

    /// <summary>Reads a string: its sizes, then its characters (14.3.4.2).</summary>
    /// <param name="width">Bytes of a character: 2 for UTF-16, 1 for text of a code page.</param>
    public string String(int width = 2)
    {
        uint most = U32();
        uint offset = U32();
        uint length = U32();
        if (_reader.Overrun || length > most || offset > most || length > (uint)(_reader.Remaining / width))
        {
            _reader.Skip(int.MaxValue);
            return string.Empty;
        }

        return Utf16Text.Decode(_reader.Take((int)length * width), isUnicode: width == 2).TrimEnd('\0');
    }

    /// <summary>Reads a string behind a pointer that may be null.</summary>
    public string PointerToString(int width = 2) => U32() == 0 ? string.Empty : String(width);
}
