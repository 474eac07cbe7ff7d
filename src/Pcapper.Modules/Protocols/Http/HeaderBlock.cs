using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>The field lines of a message (RFC 9112, 5), raw.</summary>
internal sealed class HeaderBlock
{
    private const int MaxFields = 256;
    private const int MaxText = Limits.Text * 8;
    private readonly List<(string Name, string Value)> _fields = [];

    /// <summary>Gets the fields in the order of the message.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => _fields;

    /// <summary>Gets what of the block could not be kept, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Gets the first value of a field, or null.</summary>
    public string? this[string name]
    {
        get
        {
            foreach ((string Name, string Value) field in _fields)
            {
                if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return field.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Adds a field.</summary>
    public void Add(string name, string value)
    {
        if (_fields.Count < MaxFields)
        {
            _fields.Add((name, value));
        }
        else
        {
            Problem = "too many header fields";
        }
    }

    /// <summary>Reads the lines behind the start line, up to the empty one.</summary>
    public static HeaderBlock Parse(ReadOnlySpan<byte> bytes)
    {
        var block = new HeaderBlock();
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? bytes : bytes[..end]).TrimEnd((byte)'\r');
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (line.IsEmpty)
            {
                break;
            }

            if (line.Length > MaxText)
            {
                block.Problem ??= "header field cut";
            }

            int colon = line.IndexOf((byte)':');
            if (line[0] is (byte)' ' or (byte)'\t' && block._fields.Count > 0)
            {
                (string name, string value) = block._fields[^1];
                block._fields[^1] = (name, Cut(value + " " + Text(line.Trim(" \t"u8))));
            }
            else if (colon > 0)
            {
                block.Add(Text(line[..colon].Trim(" \t"u8)), Text(line[(colon + 1)..].Trim(" \t"u8)));
            }
        }

        return block;
    }

    /// <summary>Tells whether a comma-separated field has an element.</summary>
    public bool Has(string name, string element)
    {
        foreach ((string Name, string Value) field in _fields)
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)
                && field.Value.Split(',').Any(part => string.Equals(part.Trim(), element, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes text of the bytes of a line, cut where it is longer than any program needs.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => WireText.Decode(bytes, MaxText);

    /// <summary>Tells whether text of so many bytes is cut.</summary>
    public static bool IsTextCut(int length) => length > MaxText;

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText];
}
