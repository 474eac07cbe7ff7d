namespace Pcapper.Modules.Protocols.X509;

/// <summary>Kinds of public keys.</summary>
public enum CertificateKey
{
    /// <summary>Some other kind.</summary>
    Unknown,

    /// <summary>RSA.</summary>
    Rsa,

    /// <summary>DSA.</summary>
    Dsa,

    /// <summary>A key on an elliptic curve in Weierstrass form (ECDSA).</summary>
    Ec,

    /// <summary>Ed25519 or Ed448.</summary>
    EdwardsCurve,
}
