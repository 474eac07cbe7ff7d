using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>How often a secret was shown, and how it went.</summary>
internal sealed class CredentialFacts : Group
{
    public CredentialFacts()
        : base(4)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Succeeded = Part(new Count());
        Failed = Part(new Count());
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Count Succeeded { get; }

    public Count Failed { get; }
}
