namespace Pcapper.Modules.FileTypes;

/// <summary>Bytes that a type has at a fixed place.</summary>
internal sealed class Magic
{
    private readonly int _offset;
    private readonly byte[] _bytes;
    private readonly byte[] _mask;

    private Magic(int offset, byte[] bytes, byte[] mask, FileType type)
    {
        _offset = offset;
        _bytes = bytes;
        _mask = mask;
        Type = type;
    }

    /// <summary>Gets the type that the bytes show.</summary>
    public FileType Type { get; }

    /// <summary>Reads a line of the table: offset, pattern, media type, kind and endings, with bars between them. In a pattern stand texts in quotes, bytes in hexadecimal, and <c>??</c> for any byte.</summary>
    public static Magic Parse(string line)
    {
        string[] fields = line.Split('|', StringSplitOptions.TrimEntries);
        var bytes = new List<byte>();
        var mask = new List<byte>();
        foreach (string token in fields[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isText = token[0] == '\'';
            byte[] part = isText ? System.Text.Encoding.ASCII.GetBytes(token[1..^1]) : token == "??" ? [0] : Convert.FromHexString(token);
            bytes.AddRange(part);
            mask.AddRange(Enumerable.Repeat(token == "??" ? (byte)0 : (byte)0xFF, part.Length));
        }

        return new Magic(
            int.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture), [.. bytes], [.. mask],
            new FileType(fields[2], Enum.Parse<FileKind>(fields[3]), fields[4].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>Tells whether content has the bytes.</summary>
    public bool Matches(ReadOnlySpan<byte> content)
    {
        if (content.Length < _offset + _bytes.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> place = content.Slice(_offset, _bytes.Length);
        for (int i = 0; i < _bytes.Length; i++)
        {
            if ((place[i] & _mask[i]) != _bytes[i])
            {
                return false;
            }
        }

        return true;
    }
}
