using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.X509;

/// <summary>Writes X.500 names as RFC 2253 does: last part first, <c>CN=a,O=b</c>.</summary>
internal static class DistinguishedName
{
    private const int MaxParts = 64;
    private const string CommonName = "2.5.4.3";

    /// <summary>Reads a name, the content of its SEQUENCE: its text, and the last common name in it or null.</summary>
    public static bool TryRead(ReadOnlySpan<byte> name, out string text, out string? commonName)
    {
        var parts = new List<string>();
        commonName = null;
        text = string.Empty;
        var reader = new DerReader(name);
        while (reader.HasMore && parts.Count < MaxParts)
        {
            var part = new StringBuilder();
            var values = new DerReader(reader.Next(UniversalTagNumber.Set));
            while (values.HasMore && part.Length < Limits.Text)
            {
                part.Append(part.Length == 0 ? string.Empty : "+");
                if (!TryAppend(values.Next(UniversalTagNumber.Sequence), part, ref commonName))
                {
                    return false;
                }
            }

            if (values.Failed)
            {
                return false;
            }

            parts.Add(part.ToString());
        }

        parts.Reverse();
        text = Cut(string.Join(',', parts));
        return !reader.Failed;
    }

    /// <summary>Cuts a text at the limit of record texts.</summary>
    public static string Cut(string text) => text.Length <= Limits.Text ? text : string.Concat(text.AsSpan(0, Limits.Text - 1), "…");

    private static bool TryAppend(ReadOnlySpan<byte> attribute, StringBuilder part, ref string? commonName)
    {
        var reader = new DerReader(attribute);
        string? oid = DerValue.Oid(reader.Next(UniversalTagNumber.ObjectIdentifier));
        DerElement value = reader.Next();
        if (reader.Failed || oid is null)
        {
            return false;
        }

        string? text = DerValue.Text(value.Universal, value.Content);
        if (string.Equals(oid, CommonName, StringComparison.Ordinal))
        {
            commonName = text is null ? null : Cut(text);
        }

        if (OidNames.Attribute(oid) is { } name && text is not null)
        {
            part.Append(name).Append('=');
            AppendEscaped(text, part);
        }
        else
        {
            // RFC 2253, 2.4: what has no name is written as its encoding.
            part.Append(OidNames.Attribute(oid) ?? oid).Append("=#");
            part.Append(Convert.ToHexString(value.Encoded[..Math.Min(value.Encoded.Length, Limits.StateText)]));
        }

        return true;
    }

    private static void AppendEscaped(string text, StringBuilder part)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Cut(text));
        for (int i = 0; i < bytes.Length; i++)
        {
            char c = (char)bytes[i];
            bool isEdge = (i == 0 && c is (' ' or '#')) || (i == bytes.Length - 1 && c == ' ');
            if (c is < ' ' or > '~')
            {
                part.Append(CultureInfo.InvariantCulture, $"\\{(int)c:X2}");
            }
            else if (isEdge || c is ',' or '+' or '"' or '\\' or '<' or '>' or ';')
            {
                part.Append('\\').Append(c);
            }
            else
            {
                part.Append(c);
            }
        }
    }
}
