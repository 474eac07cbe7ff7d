using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>Whom one host asked for an echo, or who answered it.</summary>
public sealed class EchoTargets : Group
{
    /// <summary>Initializes a new instance of the <see cref="EchoTargets"/> class.</summary>
    public EchoTargets()
        : base(3)
    {
        Frames = Part(new FrameSample());
        Hosts = Part(new Sketch());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the messages.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets how many hosts there were.</summary>
    public Sketch Hosts { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
