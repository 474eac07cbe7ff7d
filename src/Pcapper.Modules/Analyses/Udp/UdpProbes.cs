using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Udp;

/// <summary>Attempts of one host that came to nothing.</summary>
public sealed class UdpProbes : Group
{
    /// <summary>Initializes a new instance of the <see cref="UdpProbes"/> class.</summary>
    public UdpProbes()
        : base(4)
    {
        Failed = Part(new Sketch());
        Closed = Part(new Sketch());
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets how many ports (or hosts) did not answer.</summary>
    public Sketch Failed { get; }

    /// <summary>Gets how many ports were said to be closed.</summary>
    public Sketch Closed { get; }

    /// <summary>Gets the attempts that failed.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
