using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>The refused logins from one client to one server in one protocol, and what was let in.</summary>
internal sealed class GuessFacts : Group
{
    private const int MostUsers = 256;

    public GuessFacts()
        : base(4)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Failures = Part(new PartMap<TextKey, Count>(MostUsers));
        Succeeded = Part(new PartMap<TextKey, Extent>(MostUsers));
    }

    /// <summary>Gets the frames of refused logins.</summary>
    public FrameSample Frames { get; }

    public Extent When { get; }

    /// <summary>Gets the refusals by user.</summary>
    public PartMap<TextKey, Count> Failures { get; }

    /// <summary>Gets when users were let in.</summary>
    public PartMap<TextKey, Extent> Succeeded { get; }
}
