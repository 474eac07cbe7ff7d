using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>The routers that told a host that its packets to another host lived too short.</summary>
public sealed class TraceEvidence : Group
{
    /// <summary>Initializes a new instance of the <see cref="TraceEvidence"/> class.</summary>
    public TraceEvidence()
        : base(3)
    {
        Frames = Part(new FrameSample());
        Routers = Part(new KeySet<AddressKey>(cap: 32));
        Extent = Part(new Extent());
    }

    /// <summary>Gets the messages.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the routers.</summary>
    public KeySet<AddressKey> Routers { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
