using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>What is known of an account's logins from one client to one server.</summary>
internal sealed class NtlmAccountFacts : Group
{
    private const int MostTexts = 5;
    private const int MostMoments = 32;

    public NtlmAccountFacts()
        : base(8)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Kinds = Part(new Counters());
        Succeeded = Part(new Count());
        Failed = Part(new Count());
        Workstations = Part(new Texts(MostTexts));
        Carriers = Part(new Texts(MostTexts));
        Moments = Part(new Smallest<MomentKey>(MostMoments));
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    /// <summary>Gets the number of responses by <see cref="NtlmResponseKind"/>.</summary>
    public Counters Kinds { get; }

    public Count Succeeded { get; }

    public Count Failed { get; }

    public Texts Workstations { get; }

    public Texts Carriers { get; }

    /// <summary>Gets the first logins.</summary>
    public Smallest<MomentKey> Moments { get; }
}
