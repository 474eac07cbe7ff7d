using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>Packets whose time to live ran out, as routers say (RFC 792; RFC 4443, 3.3).</summary>
public sealed class ExpiredFacts : Group
{
    /// <summary>Initializes a new instance of the <see cref="ExpiredFacts"/> class.</summary>
    public ExpiredFacts()
        : base(3)
    {
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
        Routers = Part(new KeySet<AddressKey>(16));
    }

    /// <summary>Gets the frames in which routers say so.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }

    /// <summary>Gets the routers.</summary>
    public KeySet<AddressKey> Routers { get; }
}
