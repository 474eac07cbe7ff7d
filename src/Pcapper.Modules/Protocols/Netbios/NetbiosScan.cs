using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>Whom a host asked for its names.</summary>
public sealed class NetbiosScan : Group
{
    /// <summary>Initializes a new instance of the <see cref="NetbiosScan"/> class.</summary>
    public NetbiosScan()
        : base(4)
    {
        Targets = Part(new Sketch());
        Answered = Part(new Count());
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets how many hosts.</summary>
    public Sketch Targets { get; }

    /// <summary>Gets how many answers came.</summary>
    public Count Answered { get; }

    /// <summary>Gets the questions.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
