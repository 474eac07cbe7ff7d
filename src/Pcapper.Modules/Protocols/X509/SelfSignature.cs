namespace Pcapper.Modules.Protocols.X509;

/// <summary>Whether a certificate is signed with its own key.</summary>
public enum SelfSignature
{
    /// <summary>Issuer and subject differ.</summary>
    OtherIssuer,

    /// <summary>Issuer and subject are the same, and its own key verifies the signature.</summary>
    Verified,

    /// <summary>Issuer and subject are the same, but its own key does not verify the signature.</summary>
    Wrong,

    /// <summary>Issuer and subject are the same; the signature could not be checked (algorithm or key not supported).</summary>
    Unchecked,
}
