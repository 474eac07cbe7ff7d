using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>Commands of one client that send one server to one endpoint.</summary>
internal sealed class Bounces : Group
{
    public Bounces()
        : base(3)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Accepted = Part(new Count());
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Count Accepted { get; }
}
