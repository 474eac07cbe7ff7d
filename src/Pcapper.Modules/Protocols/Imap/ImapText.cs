using System.Buffers.Text;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>Reads what lines of IMAP are made of.</summary>
internal static class ImapText
{
    private const int LongestNumber = 11;

    /// <summary>Reads the literal that a line ends with announcing: <c>{12}</c>, <c>{12+}</c> (RFC 7888), <c>~{12}</c> (RFC 3516).</summary>
    /// <param name="line">The line.</param>
    /// <param name="length">How many bytes follow.</param>
    /// <param name="isAtOnce">Whether they follow without the other side's leave.</param>
    /// <param name="before">What stands in front of it.</param>
    public static bool TryLiteral(ReadOnlySpan<byte> line, out long length, out bool isAtOnce, out ReadOnlySpan<byte> before)
    {
        length = 0;
        isAtOnce = false;
        before = default;
        if (line is not [.., (byte)'}'])
        {
            return false;
        }

        int open = line[^Math.Min(line.Length, LongestNumber + 3)..].LastIndexOf((byte)'{');
        if (open < 0)
        {
            return false;
        }

        open += line.Length - Math.Min(line.Length, LongestNumber + 3);
        ReadOnlySpan<byte> number = line[(open + 1)..^1];
        isAtOnce = number is [.., (byte)'+' or (byte)'-'];
        number = isAtOnce ? number[..^1] : number;
        before = line[..open].TrimEnd((byte)'~');
        return Utf8Parser.TryParse(number, out uint value, out int used) && used == number.Length && (length = value) >= 0;
    }

    /// <summary>Reads a string or atom that a line begins with; the quotes are left out.</summary>
    public static string Word(ReadOnlySpan<byte> line)
    {
        line = line.TrimStart((byte)' ');
        if (line is not [(byte)'"', ..])
        {
            return WireText.Decode(LineReader.Word(line, out _), Limits.StateText);
        }

        var text = new List<byte>();
        for (int i = 1; i < line.Length && line[i] != '"' && text.Count < Limits.StateText; i++)
        {
            i += line[i] == '\\' && i + 1 < line.Length ? 1 : 0;
            text.Add(line[i]);
        }

        return WireText.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(text));
    }
}
