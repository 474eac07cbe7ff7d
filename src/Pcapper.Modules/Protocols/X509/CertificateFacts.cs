namespace Pcapper.Modules.Protocols.X509;

/// <summary>What a certificate says (RFC 5280).</summary>
public sealed record CertificateFacts
{
    /// <summary>Gets the whole certificate, DER.</summary>
    public required ReadOnlyMemory<byte> Der { get; init; }

    /// <summary>Gets the version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the serial number in upper-case hexadecimal, without leading zeros.</summary>
    public required string Serial { get; init; }

    /// <summary>Gets the subject as RFC 2253 writes it.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets the issuer as RFC 2253 writes it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Gets the subject's common name, raw, or null.</summary>
    public string? CommonName { get; init; }

    /// <summary>Gets a value indicating whether subject and issuer are the same, byte by byte.</summary>
    public required bool IsSelfIssued { get; init; }

    /// <summary>Gets when its validity begins, in seconds since 1970, if that is a time.</summary>
    public long? NotBefore { get; init; }

    /// <summary>Gets when its validity ends, in seconds since 1970, if that is a time.</summary>
    public long? NotAfter { get; init; }

    /// <summary>Gets the name of the key's algorithm.</summary>
    public required string KeyAlgorithm { get; init; }

    /// <summary>Gets the kind of key.</summary>
    public CertificateKey Key { get; init; }

    /// <summary>Gets the key's length in bits, or 0.</summary>
    public int KeyLength { get; init; }

    /// <summary>Gets the RSA exponent in decimal, or null.</summary>
    public string? Exponent { get; init; }

    /// <summary>Gets the name of the key's curve, or null.</summary>
    public string? Curve { get; init; }

    /// <summary>Gets a value indicating whether an EC key brings its own curve parameters instead of naming a curve.</summary>
    public bool HasExplicitCurve { get; init; }

    /// <summary>Gets the name of the algorithm that signed it.</summary>
    public required string SignatureAlgorithm { get; init; }

    /// <summary>Gets the alternative names that are host names, raw.</summary>
    public IReadOnlyList<string> DnsNames { get; init; } = [];

    /// <summary>Gets the alternative names that are URIs, raw.</summary>
    public IReadOnlyList<string> Uris { get; init; } = [];

    /// <summary>Gets the alternative names that are mail addresses, raw.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>Gets the alternative names that are IP addresses.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Gets whether the basic constraints say that it is a CA; null if it has none.</summary>
    public bool? IsCa { get; init; }

    /// <summary>Gets how many CAs may follow below it, if limited.</summary>
    public int? PathLength { get; init; }

    /// <summary>Gets the key usage bits, the first bit (digitalSignature) being the lowest; null if it has none.</summary>
    public int? KeyUsage { get; init; }

    /// <summary>Gets the extended key usages.</summary>
    public IReadOnlyList<string> ExtendedKeyUsages { get; init; } = [];

    /// <summary>Gets the subject key identifier in hexadecimal, or null.</summary>
    public string? SubjectKey { get; init; }

    /// <summary>Gets the authority key identifier in hexadecimal, or null.</summary>
    public string? AuthorityKey { get; init; }

    /// <summary>Gets a value indicating whether it carries timestamps of transparency logs (RFC 6962).</summary>
    public bool HasTransparency { get; init; }

    /// <summary>Gets a value indicating whether a name constraint or name has a punycode label longer than DNS allows (CVE-2022-3602).</summary>
    public bool HasOverlongPunycode { get; init; }

    /// <summary>Gets the part that is signed.</summary>
    public ReadOnlyMemory<byte> Signed { get; init; }

    /// <summary>Gets the signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>Gets the subject's public key info.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>Gets the SHA-256 of the certificate in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Gets the SHA-1 of the certificate in lower-case hexadecimal.</summary>
    public required string Sha1 { get; init; }

    /// <summary>Gets a value indicating whether the signature uses a broken hash (MD2, MD4, MD5 or SHA-1).</summary>
    public bool HasBrokenHash => SignatureAlgorithm.StartsWith("md", StringComparison.Ordinal)
        || SignatureAlgorithm.StartsWith("sha1", StringComparison.Ordinal)
        || SignatureAlgorithm is "dsaWithSHA1" or "dsaWithSHA1-old" or "ecdsa-with-SHA1";

    /// <summary>Tells whether the certificate is for a host name or address (RFC 9525): by its alternative names, or without those by its common name.</summary>
    public bool IsFor(string host) => HostNames.Covers(this, host);
}
