using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>The refused logins from one client to one server, and what was let in.</summary>
internal sealed class NtlmGuessFacts : Group
{
    private const int MostAccounts = 256;

    public NtlmGuessFacts()
        : base(4)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Failures = Part(new PartMap<TextKey, Count>(MostAccounts));
        Succeeded = Part(new PartMap<TextKey, Extent>(MostAccounts));
    }

    /// <summary>Gets the frames of refused logins.</summary>
    public FrameSample Frames { get; }

    public Extent When { get; }

    /// <summary>Gets the refusals by account.</summary>
    public PartMap<TextKey, Count> Failures { get; }

    /// <summary>Gets when accounts were let in.</summary>
    public PartMap<TextKey, Extent> Succeeded { get; }
}
