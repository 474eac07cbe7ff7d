using System.Globalization;
using System.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>What a request addresses (CIP volume 1, appendix C-1.4).</summary>
internal sealed class CipPath
{
    private const int LongestTag = 256;
    private const int IdBits = 27;
    private const byte Symbol = 0x91;
    private const byte Key = 0x34;

    private readonly StringBuilder _tag = new();

    /// <summary>Gets the class, or null.</summary>
    public uint? Class { get; private set; }

    /// <summary>Gets the instance, or null.</summary>
    public uint? Instance { get; private set; }

    /// <summary>Gets the attribute, or null.</summary>
    public uint? Attribute { get; private set; }

    /// <summary>Gets the element of an array, or 0.</summary>
    public uint Element { get; private set; }

    /// <summary>Gets the link behind the first port that it leads through: the slot of a rack; or null.</summary>
    public int? Link { get; private set; }

    /// <summary>Gets a value indicating whether it names a tag.</summary>
    public bool IsTag => _tag.Length > 0;

    /// <summary>Gets a value indicating whether a segment ended too early or is unknown.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Gets the name of what it addresses.</summary>
    public string Point => IsTag ? _tag.ToString()
        : CipNames.Class(Class) + (Attribute is { } attribute ? string.Create(CultureInfo.InvariantCulture, $" attribute {attribute}") : "");

    /// <summary>Gets the address of the point: the element of a tag, or the instance of a class.</summary>
    public long Address => IsTag ? Element : Instance ?? 0;

    /// <summary>Gets a number for a name, the same everywhere.</summary>
    public static int IdOf(string point) => (int)(StableHash.Of(point) & ((1 << IdBits) - 1));

    /// <summary>Reads one.</summary>
    public static CipPath Read(ReadOnlySpan<byte> bytes)
    {
        var path = new CipPath();
        var reader = new WireReader(bytes);
        uint? element = null;
        while (reader.Remaining > 0 && !reader.Overrun && !path.IsBroken)
        {
            byte segment = reader.U8();
            if (segment == Symbol)
            {
                ReadOnlySpan<byte> name = reader.Take(reader.U8());
                reader.Skip(name.Length % 2);
                path.Append(name, element);
                element = null;
            }
            else if (segment == Key)
            {
                reader.Skip(reader.U8());
            }
            else if (segment < 0x20)
            {
                path.ReadPort(ref reader, segment);
            }
            else if (segment >> 5 == 1)
            {
                path.ReadLogical(ref reader, segment, ref element);
            }
            else if (segment == 0x80)
            {
                // Data for the object, in words.
                reader.Skip(reader.U8() * 2);
            }
            else
            {
                path.IsBroken = true;
            }
        }

        path.Element = element ?? 0;
        path.IsBroken |= reader.Overrun;
        return path;
    }

    private void Append(ReadOnlySpan<byte> name, uint? element)
    {
        if (_tag.Length > LongestTag)
        {
            return;
        }

        if (element is { } index)
        {
            _tag.Append(CultureInfo.InvariantCulture, $"[{index}]");
        }

        _tag.Append(IsTag ? "." : "").Append(WireText.Decode(name));
    }

    // The lower four bits are the port, 15 if it follows; bit 4 says that the link has a length.
    private void ReadPort(ref WireReader reader, byte segment)
    {
        int length = (segment & 0x10) != 0 ? reader.U8() : 1;
        if ((segment & 0x0F) == 0x0F)
        {
            reader.Skip(2);
        }

        ReadOnlySpan<byte> link = reader.Take(length);
        if (length > 1)
        {
            reader.Skip(length % 2);
        }
        else if (link.Length == 1)
        {
            Link ??= link[0];
        }
    }

    // Bits 2 to 4 are the kind, bits 0 and 1 the size: one byte, or filled up to an even place two or four.
    private void ReadLogical(ref WireReader reader, byte segment, ref uint? element)
    {
        uint value;
        switch (segment & 3)
        {
            case 0:
                value = reader.U8();
                break;
            case 1:
                reader.Skip(1);
                value = reader.U16Little();
                break;
            case 2:
                reader.Skip(1);
                value = reader.U32Little();
                break;
            default:
                IsBroken = true;
                return;
        }

        switch ((segment >> 2) & 7)
        {
            case 0:
                Class ??= value;
                break;
            case 1:
                Instance ??= value;
                break;
            case 2:
                element = value;
                break;
            case 4:
                Attribute ??= value;
                break;
        }
    }
}
