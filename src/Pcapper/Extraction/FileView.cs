using System.Globalization;
using System.Text;
using Pcapper.Engine;

namespace Pcapper.Extraction;

/// <summary>The start of a file, to be looked at.</summary>
/// <param name="File">What is known of it.</param>
/// <param name="Start">Its first bytes.</param>
/// <param name="Length">How many bytes were seen of it, holes included.</param>
internal sealed record FileView(FileTransfer File, byte[] Start, long Length)
{
    private const int RowBytes = 16;
    private const int LineCharacters = 100;

    /// <summary>Writes it into a section: text by lines, all else in hexadecimal, both with offsets.</summary>
    public void Write(Section section, int number, int rows)
    {
        bool isText = IsText();
        string id = string.Create(CultureInfo.InvariantCulture, $"file_{number}");
        string title = string.Create(CultureInfo.InvariantCulture, $"{File.Name ?? "unnamed"} ({Length} bytes, {File.Protocol}, frame {File.Frame.Number})");
        Table table = isText
            ? section.Table(id, title, new("offset", "offset"), new("text", "text") { AtLeast = LineCharacters })
            : section.Table(id, title, new("offset", "offset"), new("bytes", "bytes") { AtLeast = RowBytes * 3 }, new("text", "text") { AtLeast = RowBytes });
        table.Shown = rows;
        foreach ((int offset, int count) in isText ? Lines() : Rows())
        {
            ReadOnlySpan<byte> bytes = Start.AsSpan(offset, count);
            string place = string.Create(CultureInfo.InvariantCulture, $"{offset:x8}");
            if (isText)
            {
                table.Row(place, Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n'));
            }
            else
            {
                table.Row(place, Hex(bytes), Ascii(bytes));
            }
        }

        if (Length > Start.Length)
        {
            section.Note(string.Create(CultureInfo.InvariantCulture, $"{Start.Length} of {Length} bytes; --extract writes the whole file."));
        }
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => string.Join(' ', bytes.ToArray().Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));

    private static string Ascii(ReadOnlySpan<byte> bytes) => string.Concat(bytes.ToArray().Select(b => b is >= 0x20 and < 0x7F ? (char)b : '.'));

    // What has no zero and few control characters.
    private bool IsText() => !Start.Contains((byte)0) && Start.Count(b => b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r')) * 10 <= Start.Length;

    private IEnumerable<(int Offset, int Count)> Rows()
    {
        for (int at = 0; at < Start.Length; at += RowBytes)
        {
            yield return (at, Math.Min(RowBytes, Start.Length - at));
        }
    }

    private IEnumerable<(int Offset, int Count)> Lines()
    {
        for (int at = 0; at < Start.Length;)
        {
            int room = Math.Min(LineCharacters, Start.Length - at);
            int end = Start.AsSpan(at, room).IndexOf((byte)'\n');
            int count = end < 0 ? room : end + 1;
            yield return (at, count);
            at += count;
        }
    }
}
