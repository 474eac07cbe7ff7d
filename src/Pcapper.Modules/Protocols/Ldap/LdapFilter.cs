using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Writes search filters as text (RFC 4511, 4.5.1.7; RFC 4515).</summary>
internal static class LdapFilter
{
    /// <summary>The most characters written: tools that look for many names at once make long filters.</summary>
    public const int MaxLength = Limits.LdapFilter;

    private const char Cut = '…';

    /// <summary>Writes one filter, given as its element.</summary>
    public static string Write(in DerElement filter)
    {
        var text = new StringBuilder();
        Write(filter, text, 0);
        return text.Length <= MaxLength ? text.ToString() : text.ToString(0, MaxLength) + Cut;
    }

    private static void Write(in DerElement filter, StringBuilder text, int depth)
    {
        if (depth >= Limits.Asn1Depth || text.Length > MaxLength)
        {
            text.Append(Cut);
            return;
        }

        text.Append('(');
        switch (filter.Context)
        {
            case 0:
                WriteSet('&', filter.Content, text, depth);
                break;
            case 1:
                WriteSet('|', filter.Content, text, depth);
                break;
            case 2:
                WriteSet('!', filter.Content, text, depth);
                break;
            case 3:
                WriteAssertion("=", filter.Content, text);
                break;
            case 4:
                WriteSubstrings(filter.Content, text);
                break;
            case 5:
                WriteAssertion(">=", filter.Content, text);
                break;
            case 6:
                WriteAssertion("<=", filter.Content, text);
                break;
            case 7:
                Append(filter.Content, text);
                text.Append("=*");
                break;
            case 8:
                WriteAssertion("~=", filter.Content, text);
                break;
            case 9:
                WriteExtensible(filter.Content, text);
                break;
            default:
                text.Append('?');
                break;
        }

        text.Append(')');
    }

    private static void WriteSet(char sign, ReadOnlySpan<byte> content, StringBuilder text, int depth)
    {
        text.Append(sign);
        var items = new DerReader(content);
        while (items.HasMore && text.Length <= MaxLength)
        {
            DerElement item = items.Next();
            if (!items.Failed)
            {
                Write(item, text, depth + 1);
            }
        }
    }

    private static void WriteAssertion(string sign, ReadOnlySpan<byte> content, StringBuilder text)
    {
        var parts = new DerReader(content);
        Append(parts.Next().Content, text);
        text.Append(sign);
        Append(parts.Next().Content, text);
    }

    private static void WriteSubstrings(ReadOnlySpan<byte> content, StringBuilder text)
    {
        var parts = new DerReader(content);
        Append(parts.Next().Content, text);
        text.Append('=');
        var pieces = new DerReader(parts.Next().Content);
        bool isFirst = true;
        bool isOpen = true;
        while (pieces.HasMore && text.Length <= MaxLength)
        {
            DerElement piece = pieces.Next();
            if (piece.Context != 0 || !isFirst)
            {
                text.Append('*');
            }

            Append(piece.Content, text);
            isOpen = piece.Context != 2;
            isFirst = false;
        }

        if (isOpen)
        {
            text.Append('*');
        }
    }

    private static void WriteExtensible(ReadOnlySpan<byte> content, StringBuilder text)
    {
        var parts = new DerReader(content);
        parts.TryNextContext(1, out ReadOnlySpan<byte> rule);
        parts.TryNextContext(2, out ReadOnlySpan<byte> attribute);
        parts.TryNextContext(3, out ReadOnlySpan<byte> value);
        parts.TryNextContext(4, out ReadOnlySpan<byte> isOfName);
        Append(attribute, text);
        if (isOfName is [not 0, ..])
        {
            text.Append(":dn");
        }

        if (!rule.IsEmpty)
        {
            text.Append(':');
            Append(rule, text);
        }

        text.Append(":=");
        Append(value, text);
    }

    // RFC 4515, 3: NUL ( ) * \ and what is no UTF-8 as \xx; other control characters too, which it allows and nobody can read.
    private static void Append(ReadOnlySpan<byte> value, StringBuilder text)
    {
        value = value[..Math.Min(value.Length, Limits.Text)];
        if (Utf8.IsValid(value) && !value.ContainsAny("()*\\"u8) && !value.ContainsAnyInRange((byte)0, (byte)0x1F))
        {
            text.Append(Encoding.UTF8.GetString(value));
            return;
        }

        foreach (byte b in value)
        {
            if (b is < 0x20 or (byte)'(' or (byte)')' or (byte)'*' or (byte)'\\' or > 0x7E)
            {
                text.Append(CultureInfo.InvariantCulture, $"\\{b:x2}");
            }
            else
            {
                text.Append((char)b);
            }
        }
    }
}
