using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>Reads the arguments of MAIL and RCPT (RFC 5321, 4.1.1.2 and 4.1.1.3).</summary>
internal static class SmtpPath
{
    private const int MaxAddress = 320;

    /// <summary>Reads <c>FROM:&lt;a@b.example&gt; SIZE=1000</c>: what stands in angle brackets, or the first word where a client leaves them out.</summary>
    public static bool TryRead(ReadOnlySpan<byte> argument, ReadOnlySpan<byte> keyword, out string address, out string? parameters)
    {
        (address, parameters) = (string.Empty, null);
        if (!LineReader.Begins(argument, keyword))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = argument[keyword.Length..].TrimStart((byte)' ');
        if (rest is not [(byte)':', ..])
        {
            return false;
        }

        rest = rest[1..].TrimStart(" \t"u8);
        ReadOnlySpan<byte> path;
        if (rest is [(byte)'<', ..])
        {
            int end = EndOfPath(rest);
            path = rest[1..Math.Max(1, end)];
            rest = end < rest.Length ? rest[(end + 1)..] : default;
        }
        else
        {
            path = LineReader.Word(rest, out rest);
        }

        address = WireText.Decode(path.Trim((byte)' '), MaxAddress);
        rest = rest.Trim((byte)' ');
        parameters = rest.IsEmpty ? null : WireText.Decode(rest);
        return true;
    }

    // A local part in quotes may hold the bracket.
    private static int EndOfPath(ReadOnlySpan<byte> path)
    {
        bool isQuoted = false;
        for (int i = 1; i < path.Length; i++)
        {
            if (path[i] == '\\' && isQuoted)
            {
                i++;
            }
            else if (path[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (path[i] == '>' && !isQuoted)
            {
                return i;
            }
        }

        return path.IndexOf((byte)'>') is > 0 and var end ? end : path.Length;
    }
}
