using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Tcp;

/// <summary>Attempts of one host that failed.</summary>
public sealed class ScanEvidence : Group
{
    /// <summary>Initializes a new instance of the <see cref="ScanEvidence"/> class.</summary>
    public ScanEvidence()
        : base(5)
    {
        Targets = Part(new Sketch());
        Samples = Part(new KeySet<NumberKey>(cap: 8));
        Kinds = Part(new Counters(TcpScans.Kinds));
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets how many ports or hosts failed.</summary>
    public Sketch Targets { get; }

    /// <summary>Gets some of the ports (vertical) or nothing (horizontal).</summary>
    public KeySet<NumberKey> Samples { get; }

    /// <summary>Gets the attempts per kind of scan.</summary>
    public Counters Kinds { get; }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
