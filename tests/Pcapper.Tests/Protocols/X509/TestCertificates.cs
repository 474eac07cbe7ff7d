using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pcapper.Tests.Protocols.X509;

/// <summary>Makes certificates; keys are made once.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset s_from = new(2023, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RSA s_rsa = RSA.Create(2048);
    private static readonly RSA s_smallRsa = RSA.Create(1024);
    private static readonly ECDsa s_ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static DateTimeOffset From => s_from;

    /// <summary>Makes a self-signed EC certificate.</summary>
    public static byte[] Make(string subject, params string[] dnsNames) => Make(subject, s_from, s_from.AddDays(365), dnsNames);

    public static byte[] Make(string subject, DateTimeOffset from, DateTimeOffset to, params string[] dnsNames)
    {
        var request = new CertificateRequest(subject, s_ec, HashAlgorithmName.SHA256);
        AddNames(request, dnsNames);
        using X509Certificate2 certificate = request.CreateSelfSigned(from, to);
        return certificate.RawData;
    }

    /// <summary>Makes a certificate of another issuer.</summary>
    public static byte[] Issued(string subject, string issuer, byte[] serial, DateTimeOffset from, DateTimeOffset to, bool isSmall = false, params string[] dnsNames)
    {
        var request = new CertificateRequest(subject, isSmall ? s_smallRsa : s_rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        AddNames(request, dnsNames);
        using X509Certificate2 certificate = request.Create(
            new X500DistinguishedName(issuer), X509SignatureGenerator.CreateForRSA(s_rsa, RSASignaturePadding.Pkcs1), from, to, serial);
        return certificate.RawData;
    }

    /// <summary>Says that a certificate was signed with SHA-1, which the library no longer does.</summary>
    public static byte[] WithSha1(byte[] der)
    {
        byte[] sha256WithRsa = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B];
        byte[] changed = [.. der];
        for (int at = changed.AsSpan().IndexOf(sha256WithRsa); at >= 0; at = changed.AsSpan().IndexOf(sha256WithRsa))
        {
            changed[at + 8] = 0x05;
        }

        return changed;
    }

    /// <summary>Makes a self-signed RSA certificate with all that the reader reads.</summary>
    public static byte[] Full()
    {
        var request = new CertificateRequest("CN=www.example.com, O=\"Acme, Inc.\", C=US", s_rsa, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("www.example.com");
        names.AddDnsName("*.api.example.com");
        names.AddIpAddress(System.Net.IPAddress.Parse("192.0.2.7"));
        names.AddUri(new Uri("https://example.com/x"));
        names.AddEmailAddress("root@example.com");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 3, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using X509Certificate2 certificate = request.CreateSelfSigned(s_from, s_from.AddDays(365));
        return certificate.RawData;
    }

    /// <summary>Makes a name with one attribute of a given string type.</summary>
    public static byte[] Name(string oid, UniversalTagNumber type, string value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            writer.WriteCharacterString(type, value);
        }

        return writer.Encode();
    }

    private static void AddNames(CertificateRequest request, string[] dnsNames)
    {
        if (dnsNames.Length > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            Array.ForEach(dnsNames, names.AddDnsName);
            request.CertificateExtensions.Add(names.Build());
        }
    }
}
