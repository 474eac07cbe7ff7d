namespace Pcapper.Modules.Analyses.Certificates;

/// <summary>What is true of a certificate, or of how it was shown.</summary>
internal enum CertificateFlag
{
    SelfIssued,
    SignatureVerified,
    SignatureWrong,
    SignatureUnchecked,
    Authority,
    BrokenHash,
    ExplicitCurve,
    NulInName,
    OverlongPunycode,
    LoggedForTransparency,
    HasAlternativeNames,
    ShownAsLeaf,
    ShownByClient,
    ShownAlone,
    Known,
}
