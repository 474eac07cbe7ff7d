namespace Pcapper.Modules.Protocols.Lines;

/// <summary>Leaves of a greeting what names the software: without ornaments, host names, times and numbers of the connection.</summary>
internal static class GreetingText
{
    private static ReadOnlySpan<byte> Names
        => "courier cyrus dovecot exim exchange filezilla gimap gws hmailserver ipswitch lotus mailenable mdaemon microsoft nemesis opensmtpd postfix proftpd pure-ftpd pyftpdlib qmail sendmail serv-u uw-imap vsftpd wu- zimbra"u8;

    /// <summary>Cleans what follows the code of a greeting.</summary>
    public static ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> text)
    {
        text = Cut(text, "; "u8);
        text = Cut(text, " ready at "u8);
        foreach (Range day in " Mon, | Tue, | Wed, | Thu, | Fri, | Sat, | Sun, "u8.Split((byte)'|'))
        {
            text = Cut(text, " Mon, | Tue, | Wed, | Thu, | Fri, | Sat, | Sun, "u8[day]);
        }

        // POP3 ends in a time stamp for APOP (RFC 1939, 7), FTP in its own address in brackets.
        text = Cut(text, " <"u8);
        text = Cut(text, " ["u8, mustEnd: true);
        return text.Trim(" -*=#.\t"u8);
    }

    /// <summary>Tells whether a greeting names software: by a version, or by a name. Others wish a good day, or tell numbers of the session.</summary>
    public static bool IsTelling(ReadOnlySpan<byte> text)
    {
        for (int i = 1; i + 1 < text.Length; i++)
        {
            if (text[i] == '.' && char.IsAsciiDigit((char)text[i - 1]) && char.IsAsciiDigit((char)text[i + 1]))
            {
                return true;
            }
        }

        foreach (Range name in Names.Split((byte)' '))
        {
            if (LineReader.Contains(text, Names[name]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Leaves out a leading part in square brackets, as IMAP's capabilities are.</summary>
    public static ReadOnlySpan<byte> WithoutBrackets(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart((byte)' ');
        return text is [(byte)'[', ..] && text.IndexOf((byte)']') is > 0 and var end ? text[(end + 1)..].TrimStart((byte)' ') : text;
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark, bool mustEnd = false)
        => text.IndexOf(mark) is > 0 and var at && (!mustEnd || text[^1] is (byte)']') ? text[..at] : text;
}
