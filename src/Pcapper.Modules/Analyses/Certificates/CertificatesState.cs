using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Certificates;

/// <summary>What is known of the certificates.</summary>
public sealed class CertificatesState : AnalyzerState
{
    private const int MaxCertificates = 50_000;

    /// <summary>Initializes a new instance of the <see cref="CertificatesState"/> class.</summary>
    public CertificatesState()
    {
        Certificates = Part(new PartMap<TextKey, CertificateEntry>(MaxCertificates));
        Shown = Part(new Count());
        Unreadable = Part(new FrameSample());
        Hidden = Part(new Count());
    }

    /// <summary>Gets the certificates by SHA-256.</summary>
    internal PartMap<TextKey, CertificateEntry> Certificates { get; }

    /// <summary>Gets how often a certificate was shown.</summary>
    internal Count Shown { get; }

    /// <summary>Gets where bytes stood that are no certificate.</summary>
    internal FrameSample Unreadable { get; }

    /// <summary>Gets how many connections encrypted their certificates.</summary>
    internal Count Hidden { get; }
}
