using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Udp;

/// <summary>What was spoken on one port.</summary>
public sealed class UdpService : Group
{
    /// <summary>Initializes a new instance of the <see cref="UdpService"/> class.</summary>
    public UdpService()
        : base(5)
    {
        Totals = Part(new Counters());
        Originators = Part(new Sketch());
        Responders = Part(new Sketch());
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the sums over the flows.</summary>
    public Counters Totals { get; }

    /// <summary>Gets how many hosts began.</summary>
    public Sketch Originators { get; }

    /// <summary>Gets how many hosts were addressed.</summary>
    public Sketch Responders { get; }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
