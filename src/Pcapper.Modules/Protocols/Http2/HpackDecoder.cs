using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http2;

/// <summary>Decodes the header blocks of one direction (RFC 7541, 6), in their order.</summary>
internal sealed class HpackDecoder
{
    private const int MaxFields = 256;
    private const int MaxText = 8 * 1024;

    // As servers do (RFC 9113, 10.5.1): a byte that refers to the table may stand for kilobytes. Each field counts 32 more (RFC 9113, 6.5.2).
    private const int MaxList = 64 * 1024;
    private const int FieldOverhead = 32;

    private readonly HpackTable _table = new();
    private int _room;

    /// <summary>Gets a value indicating whether the last block had more fields than are kept.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Decodes a block; returns false if it breaks the format, after which the table cannot be trusted any more.</summary>
    public bool TryDecode(ReadOnlySpan<byte> block, List<(string Name, string Value)> fields)
    {
        _room = MaxList;
        IsCut = false;
        while (!block.IsEmpty)
        {
            byte first = block[0];
            if ((first & 0x80) != 0)
            {
                // 6.1: both name and value by number.
                if (!TryNumber(ref block, 7, out long index) || !_table.TryGet(index, out (string Name, string Value) field))
                {
                    return false;
                }

                Add(fields, field);
            }
            else if ((first & 0xE0) == 0x20)
            {
                // 6.3: the size of the table changes.
                if (!TryNumber(ref block, 5, out long size) || !_table.TryResize(size))
                {
                    return false;
                }
            }
            else
            {
                // 6.2: a literal, to be kept (01), not kept (0000) or never kept (0001).
                bool isKept = (first & 0x40) != 0;
                if (!TryLiteral(ref block, isKept ? 6 : 4, out (string Name, string Value) field, out int octets))
                {
                    return false;
                }

                if (isKept)
                {
                    _table.Add(field.Name, field.Value, octets);
                }

                Add(fields, field);
            }
        }

        return true;
    }

    private void Add(List<(string Name, string Value)> fields, (string Name, string Value) field)
    {
        _room -= field.Name.Length + field.Value.Length + FieldOverhead;
        if (_room < 0 || fields.Count == MaxFields)
        {
            IsCut = true;
            return;
        }

        fields.Add(field);
    }

    private bool TryLiteral(ref ReadOnlySpan<byte> block, int prefix, out (string Name, string Value) field, out int octets)
    {
        field = default;
        octets = 0;
        if (!TryNumber(ref block, prefix, out long index))
        {
            return false;
        }

        string name;
        if (index == 0)
        {
            if (!TryText(ref block, out name, out int nameOctets))
            {
                return false;
            }

            octets += nameOctets;
        }
        else if (_table.TryGet(index, out (string Name, string Value) known))
        {
            name = known.Name;
            octets += System.Text.Encoding.UTF8.GetByteCount(name);
        }
        else
        {
            return false;
        }

        bool isRead = TryText(ref block, out string value, out int valueOctets);
        octets += valueOctets;
        field = (name, value);
        return isRead;
    }

    private static bool TryText(ref ReadOnlySpan<byte> block, out string text, out int octets)
    {
        text = string.Empty;
        octets = 0;
        bool isHuffman = !block.IsEmpty && (block[0] & 0x80) != 0;
        if (!TryNumber(ref block, 7, out long length) || length > block.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = block[..(int)length];
        block = block[(int)length..];
        if (isHuffman)
        {
            if (!HuffmanCode.TryDecode(bytes, out byte[] decoded))
            {
                return false;
            }

            bytes = decoded;
        }

        octets = bytes.Length;
        text = WireText.Decode(bytes, MaxText);
        return true;
    }

    // RFC 7541, 5.1; more than four continuation bytes is more than any block needs.
    private static bool TryNumber(ref ReadOnlySpan<byte> block, int prefix, out long value)
    {
        value = 0;
        if (block.IsEmpty)
        {
            return false;
        }

        int mask = (1 << prefix) - 1;
        value = block[0] & mask;
        block = block[1..];
        if (value < mask)
        {
            return true;
        }

        for (int shift = 0; shift <= 28 && !block.IsEmpty; shift += 7)
        {
            byte b = block[0];
            block = block[1..];
            value += (long)(b & 0x7F) << shift;
            if ((b & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
