namespace Pcapper.Modules.Protocols.Lines;

/// <summary>Replies of three digits and a text, which SMTP and FTP share (RFC 5321, 4.2; RFC 959, 4.2).</summary>
internal static class Reply
{
    /// <summary>Reads one line of a reply.</summary>
    /// <param name="line">The line.</param>
    /// <param name="code">The code.</param>
    /// <param name="isLast">Whether no line of the same reply follows.</param>
    /// <param name="text">The text.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, out int code, out bool isLast, out ReadOnlySpan<byte> text)
    {
        code = 0;
        isLast = true;
        text = default;
        if (line is not [>= (byte)'1' and <= (byte)'5', >= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', ..]
            || (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-')))
        {
            return false;
        }

        code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0';
        isLast = line.Length == 3 || line[3] == ' ';
        text = line.Length > 4 ? line[4..] : default;
        return true;
    }

    /// <summary>Tells whether a greeting is a mail server's.</summary>
    public static bool IsMail(ReadOnlySpan<byte> text)
        => LineReader.Contains(text, "SMTP"u8) || LineReader.Contains(text, "LMTP"u8) || LineReader.Contains(text, "Postfix"u8)
            || LineReader.Contains(text, "Sendmail"u8) || LineReader.Contains(text, "Exim"u8);

    /// <summary>Tells whether a greeting is a file server's.</summary>
    public static bool IsFile(ReadOnlySpan<byte> text)
        => !IsMail(text) && (LineReader.Contains(text, "FTP"u8) || LineReader.Contains(text, "FileZilla"u8) || LineReader.Contains(text, "Serv-U"u8));
}
