using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Udp;

/// <summary>Answers of one protocol to one host that are much larger than what asked for them, or that nobody asked for.</summary>
public sealed class ReflectorUse : Group
{
    /// <summary>Initializes a new instance of the <see cref="ReflectorUse"/> class.</summary>
    public ReflectorUse()
        : base(4)
    {
        Totals = Part(new Counters());
        Servers = Part(new Sketch());
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the sums over the flows; "out" is what asked, "back" what answered.</summary>
    public Counters Totals { get; }

    /// <summary>Gets how many servers answered.</summary>
    public Sketch Servers { get; }

    /// <summary>Gets the flows.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
