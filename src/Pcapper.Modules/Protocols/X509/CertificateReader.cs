using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Pcapper.Modules.Protocols.Asn1;

namespace Pcapper.Modules.Protocols.X509;

/// <summary>Reads X.509 certificates (RFC 5280, 4.1). Never throws on input.</summary>
public static class CertificateReader
{
    private const int MaxSerial = 64;
    private const int MaxExponent = 64;

    /// <summary>Reads a certificate; false if the bytes are none.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> der, out CertificateFacts facts)
    {
        facts = null!;
        var whole = new DerReader(der.Span);
        var outer = new DerReader(whole.Next(UniversalTagNumber.Sequence));
        DerElement signed = outer.Next();
        string? algorithm = AlgorithmOf(outer.Next(UniversalTagNumber.Sequence), out _);
        ReadOnlySpan<byte> signature = DerValue.BitString(outer.Next(UniversalTagNumber.BitString));
        if (whole.Failed || outer.Failed || algorithm is null || signed.Universal != (int)UniversalTagNumber.Sequence)
        {
            return false;
        }

        var body = new DerReader(signed.Content);
        int version = 1;
        if (body.TryNextContext(0, out ReadOnlySpan<byte> tagged))
        {
            version = 1 + (int)Math.Clamp(DerValue.Number(new DerReader(tagged).Next(UniversalTagNumber.Integer)) ?? 0, 0, 9);
        }

        ReadOnlySpan<byte> serial = body.Next(UniversalTagNumber.Integer);
        body.Next(UniversalTagNumber.Sequence);
        ReadOnlySpan<byte> issuer = body.Next(UniversalTagNumber.Sequence);
        var validity = new DerReader(body.Next(UniversalTagNumber.Sequence));
        ReadOnlySpan<byte> subject = body.Next(UniversalTagNumber.Sequence);
        DerElement key = body.Next();
        if (body.Failed || validity.Failed || key.Universal != (int)UniversalTagNumber.Sequence
            || !DistinguishedName.TryRead(issuer, out string issuerText, out _)
            || !DistinguishedName.TryRead(subject, out string subjectText, out string? commonName))
        {
            return false;
        }

        DerElement notBefore = validity.Next();
        DerElement notAfter = validity.Next();
        facts = new CertificateFacts
        {
            Der = der,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(der.Span)),
#pragma warning disable CA5350 // An identifier that others publish; nothing is protected by it.
            Sha1 = Convert.ToHexStringLower(SHA1.HashData(der.Span)),
#pragma warning restore CA5350
            Version = version,
            Serial = SerialOf(serial),
            Subject = subjectText,
            Issuer = issuerText,
            CommonName = commonName,
            IsSelfIssued = issuer.SequenceEqual(subject),
            NotBefore = DerValue.Time(notBefore.Universal, notBefore.Content),
            NotAfter = DerValue.Time(notAfter.Universal, notAfter.Content),
            KeyAlgorithm = string.Empty,
            SignatureAlgorithm = OidNames.Algorithm(algorithm),
            Signed = Within(der, signed.Encoded),
            Signature = Within(der, signature),
            PublicKey = Within(der, key.Encoded),
        };
        facts = WithKey(facts, key.Content);
        while (body.HasMore)
        {
            DerElement part = body.Next();
            if (part.Context == 3)
            {
                facts = CertificateExtensions.Read(facts, part.Content);
            }
        }

        return true;
    }

    /// <summary>Reads an AlgorithmIdentifier: its identifier, and where its parameters are.</summary>
    internal static string? AlgorithmOf(ReadOnlySpan<byte> identifier, out DerElement parameters)
    {
        var reader = new DerReader(identifier);
        string? oid = DerValue.Oid(reader.Next(UniversalTagNumber.ObjectIdentifier));
        parameters = reader.HasMore ? reader.Next() : default;
        return oid;
    }

    private static string SerialOf(ReadOnlySpan<byte> serial)
    {
        string digits = Convert.ToHexString(serial[..Math.Min(serial.Length, MaxSerial)]).TrimStart('0');
        return digits.Length == 0 ? "0" : digits;
    }

    private static CertificateFacts WithKey(CertificateFacts facts, ReadOnlySpan<byte> info)
    {
        var reader = new DerReader(info);
        string oid = AlgorithmOf(reader.Next(UniversalTagNumber.Sequence), out DerElement parameters) ?? string.Empty;
        ReadOnlySpan<byte> key = DerValue.BitString(reader.Next(UniversalTagNumber.BitString));
        facts = facts with { KeyAlgorithm = OidNames.Algorithm(oid) };
        switch (oid)
        {
            case "1.2.840.113549.1.1.1" or "1.2.840.113549.1.1.10" or "1.2.840.113549.1.1.7":
                var rsa = new DerReader(new DerReader(key).Next(UniversalTagNumber.Sequence));
                ReadOnlySpan<byte> modulus = rsa.Next(UniversalTagNumber.Integer);
                ReadOnlySpan<byte> exponent = DerValue.Magnitude(rsa.Next(UniversalTagNumber.Integer));
                return facts with
                {
                    Key = CertificateKey.Rsa,
                    KeyLength = DerValue.Bits(modulus),
                    Exponent = exponent.Length is 0 or > MaxExponent
                        ? null
                        : new BigInteger(exponent, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture),
                };
            case "1.2.840.10040.4.1":
                ReadOnlySpan<byte> prime = new DerReader(parameters.Content).Next(UniversalTagNumber.Integer);
                return facts with { Key = CertificateKey.Dsa, KeyLength = DerValue.Bits(prime) };
            case "1.2.840.10045.2.1" when parameters.Universal == (int)UniversalTagNumber.ObjectIdentifier:
                (string curve, int bits) = OidNames.Curve(DerValue.Oid(parameters.Content) ?? string.Empty);
                return facts with { Key = CertificateKey.Ec, Curve = curve, KeyLength = bits };
            case "1.2.840.10045.2.1":
                return facts with { Key = CertificateKey.Ec, HasExplicitCurve = parameters.Universal == (int)UniversalTagNumber.Sequence, KeyLength = FieldBits(parameters.Content) };
            case "1.3.101.112" or "1.3.101.113":
                return facts with { Key = CertificateKey.EdwardsCurve, KeyLength = oid.EndsWith('2') ? 256 : 456 };
            default:
                return facts;
        }
    }

    /// <summary>Gets the size of the prime field of explicit curve parameters (RFC 3279, 2.3.5), or 0.</summary>
    private static int FieldBits(ReadOnlySpan<byte> parameters)
    {
        var reader = new DerReader(parameters);
        reader.Next(UniversalTagNumber.Integer);
        var field = new DerReader(reader.Next(UniversalTagNumber.Sequence));
        field.Next(UniversalTagNumber.ObjectIdentifier);
        return DerValue.Bits(field.TryNext(UniversalTagNumber.Integer, out ReadOnlySpan<byte> prime) ? prime : default);
    }

    /// <summary>Gets the same bytes as a part of the memory they lie in.</summary>
    private static ReadOnlyMemory<byte> Within(ReadOnlyMemory<byte> whole, ReadOnlySpan<byte> part)
        => part.IsEmpty || !whole.Span.Overlaps(part, out int offset) ? default : whole.Slice(offset, part.Length);
}
