using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The telling messages of one kind between two hosts.</summary>
internal sealed class SmbSignalFacts : Group
{
    public SmbSignalFacts()
        : base(3)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Largest = Part(new Maximum());
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Maximum Largest { get; }
}
