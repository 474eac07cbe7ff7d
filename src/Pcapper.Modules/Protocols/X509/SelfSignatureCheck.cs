using System.Security.Cryptography;

namespace Pcapper.Modules.Protocols.X509;

/// <summary>Checks whether a certificate is signed with its own key.</summary>
public static class SelfSignatureCheck
{
    private const int MaxKeyBits = 8192;   // larger ones only cost time

    /// <summary>Checks a certificate.</summary>
    public static SelfSignature Of(CertificateFacts certificate)
    {
        if (!certificate.IsSelfIssued)
        {
            return SelfSignature.OtherIssuer;
        }

        if (Hash(certificate.SignatureAlgorithm) is not { } hash || certificate.KeyLength is 0 or > MaxKeyBits || certificate.HasExplicitCurve)
        {
            return SelfSignature.Unchecked;
        }

        try
        {
            bool? verified = certificate.Key switch
            {
                CertificateKey.Rsa => VerifyRsa(certificate, hash),
                CertificateKey.Ec => VerifyEc(certificate, hash),
                _ => null,
            };
            return verified switch { true => SelfSignature.Verified, false => SelfSignature.Wrong, null => SelfSignature.Unchecked };
        }
        catch (CryptographicException)
        {
            // The library tells keys and signatures that it cannot read only by exception.
            return SelfSignature.Unchecked;
        }
        catch (PlatformNotSupportedException)
        {
            return SelfSignature.Unchecked;
        }
    }

    private static bool VerifyRsa(CertificateFacts certificate, HashAlgorithmName hash)
    {
        using RSA rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(certificate.PublicKey.Span, out _);
        return rsa.VerifyData(certificate.Signed.Span, certificate.Signature.Span, hash, RSASignaturePadding.Pkcs1);
    }

    private static bool VerifyEc(CertificateFacts certificate, HashAlgorithmName hash)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(certificate.PublicKey.Span, out _);
        return key.VerifyData(certificate.Signed.Span, certificate.Signature.Span, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static HashAlgorithmName? Hash(string signatureAlgorithm) => signatureAlgorithm switch
    {
        "md5WithRSAEncryption" => HashAlgorithmName.MD5,
        "sha1WithRSAEncryption" or "sha1WithRSA" or "ecdsa-with-SHA1" => HashAlgorithmName.SHA1,
        "sha256WithRSAEncryption" or "ecdsa-with-SHA256" => HashAlgorithmName.SHA256,
        "sha384WithRSAEncryption" or "ecdsa-with-SHA384" => HashAlgorithmName.SHA384,
        "sha512WithRSAEncryption" or "ecdsa-with-SHA512" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
