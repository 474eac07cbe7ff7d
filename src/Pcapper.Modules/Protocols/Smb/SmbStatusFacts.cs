using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>How often a status was answered.</summary>
internal sealed class SmbStatusFacts : Group
{
    public SmbStatusFacts()
        : base(2)
    {
        Count = Part(new Count());
        Frames = Part(new FrameSample());
    }

    public Count Count { get; }

    /// <summary>Gets the first frame of each connection.</summary>
    public FrameSample Frames { get; }
}
