using System.Formats.Asn1;
using System.Text;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.X509;

/// <summary>Reads the extensions of certificates (RFC 5280, 4.2). One that is malformed is passed over.</summary>
internal static class CertificateExtensions
{
    private const int MaxExtensions = 64;
    private const int MaxNames = 256;
    private const int MaxLabel = 63;   // RFC 1035, 2.3.4

    /// <summary>Adds what the extensions say, the content of the tagged [3] field.</summary>
    public static CertificateFacts Read(CertificateFacts facts, ReadOnlySpan<byte> tagged)
    {
        var list = new DerReader(new DerReader(tagged).Next(UniversalTagNumber.Sequence));
        for (int i = 0; i < MaxExtensions && list.HasMore; i++)
        {
            var extension = new DerReader(list.Next(UniversalTagNumber.Sequence));
            string? oid = DerValue.Oid(extension.Next(UniversalTagNumber.ObjectIdentifier));
            extension.TryNext(UniversalTagNumber.Boolean, out _);
            ReadOnlySpan<byte> value = extension.Next(UniversalTagNumber.OctetString);
            if (!extension.Failed && oid is not null)
            {
                facts = Read(facts, oid, value);
            }
        }

        return facts;
    }

    private static CertificateFacts Read(CertificateFacts facts, string oid, ReadOnlySpan<byte> value)
    {
        var reader = new DerReader(value);
        switch (oid)
        {
            case "2.5.29.14":
                return facts with { SubjectKey = Hex(reader.Next(UniversalTagNumber.OctetString)) };
            case "2.5.29.15":
                return facts with { KeyUsage = UsageBits(reader.Next(UniversalTagNumber.BitString)) };
            case "2.5.29.17":
                return WithNames(facts, reader.Next(UniversalTagNumber.Sequence)) with
                {
                    HasOverlongPunycode = facts.HasOverlongPunycode || IsOverlongPunycode(value),
                };
            case "2.5.29.19":
                var constraints = new DerReader(reader.Next(UniversalTagNumber.Sequence));
                bool isCa = constraints.TryNext(UniversalTagNumber.Boolean, out ReadOnlySpan<byte> ca) && ca is [not 0];
                long? pathLength = constraints.TryNext(UniversalTagNumber.Integer, out ReadOnlySpan<byte> path) ? DerValue.Number(path) : null;
                return facts with { IsCa = isCa, PathLength = pathLength is { } length ? (int)Math.Min(length, int.MaxValue) : null };
            case "2.5.29.30":
                return facts with { HasOverlongPunycode = facts.HasOverlongPunycode || IsOverlongPunycode(value) };
            case "2.5.29.35":
                var authority = new DerReader(reader.Next(UniversalTagNumber.Sequence));
                return authority.TryNextContext(0, out ReadOnlySpan<byte> key) ? facts with { AuthorityKey = Hex(key) } : facts;
            case "2.5.29.37":
                return facts with { ExtendedKeyUsages = Usages(reader.Next(UniversalTagNumber.Sequence)) };
            case "1.3.6.1.4.1.11129.2.4.2":
                return facts with { HasTransparency = true };
            default:
                return facts;
        }
    }

    private static CertificateFacts WithNames(CertificateFacts facts, ReadOnlySpan<byte> names)
    {
        List<string> dns = [], uris = [], emails = [], addresses = [];
        var reader = new DerReader(names);
        for (int i = 0; i < MaxNames && reader.HasMore; i++)
        {
            DerElement name = reader.Next();
            (List<string>? list, string text) = name.Context switch
            {
                1 => (emails, Encoding.Latin1.GetString(name.Content)),
                2 => (dns, Encoding.Latin1.GetString(name.Content)),
                6 => (uris, Encoding.Latin1.GetString(name.Content)),
                7 when name.Content.Length is 4 or 16 => (addresses, IpAddress.FromBytes(name.Content).ToString()),
                _ => ((List<string>?)null, string.Empty),
            };
            list?.Add(DistinguishedName.Cut(text));
        }

        return facts with { DnsNames = dns, Uris = uris, Emails = emails, Addresses = addresses };
    }

    private static List<string> Usages(ReadOnlySpan<byte> content)
    {
        List<string> usages = [];
        var reader = new DerReader(content);
        while (reader.HasMore && usages.Count < MaxExtensions)
        {
            if (DerValue.Oid(reader.Next(UniversalTagNumber.ObjectIdentifier)) is { } oid)
            {
                usages.Add(OidNames.ExtendedUsage(oid));
            }
        }

        return usages;
    }

    private static int UsageBits(ReadOnlySpan<byte> content)
    {
        // Bit 0 of ASN.1 is the highest of the first byte.
        int bits = 0;
        ReadOnlySpan<byte> bytes = DerValue.BitString(content);
        for (int i = 0; i < Math.Min(bytes.Length, 2); i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bits |= (bytes[i] & (0x80 >> bit)) != 0 ? 1 << ((i * 8) + bit) : 0;
            }
        }

        return bits;
    }

    private static string? Hex(ReadOnlySpan<byte> bytes) => bytes.Length is 0 or > MaxLabel ? null : Convert.ToHexString(bytes);

    /// <summary>Tells whether "xn--" is followed by more letters, digits and hyphens than a DNS label may have.</summary>
    private static bool IsOverlongPunycode(ReadOnlySpan<byte> value)
    {
        for (int at = value.IndexOf("xn--"u8); at >= 0; at = value.IndexOf("xn--"u8))
        {
            value = value[at..];
            int length = 0;
            while (length < value.Length && (char.IsAsciiLetterOrDigit((char)value[length]) || value[length] == '-'))
            {
                length++;
            }

            if (length > MaxLabel)
            {
                return true;
            }

            value = value[length..];
        }

        return false;
    }
}
