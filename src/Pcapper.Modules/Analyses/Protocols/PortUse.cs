using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>Flows of one protocol on one port.</summary>
public sealed class PortUse : Group
{
    /// <summary>Initializes a new instance of the <see cref="PortUse"/> class.</summary>
    public PortUse()
        : base(5)
    {
        Frames = Part(new FrameSample());
        Responders = Part(new KeySet<AddressKey>(cap: 16));
        Originators = Part(new KeySet<AddressKey>(cap: 16));
        Bytes = Part(new Count());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the first frames of the flows.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets who was opened to.</summary>
    public KeySet<AddressKey> Responders { get; }

    /// <summary>Gets who opened.</summary>
    public KeySet<AddressKey> Originators { get; }

    /// <summary>Gets the payload bytes.</summary>
    public Count Bytes { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
