using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>Packets that were too big for their path, as routers say (RFC 1191, 4; RFC 4443, 3.2).</summary>
public sealed class PathMtuFacts : Group
{
    /// <summary>Initializes a new instance of the <see cref="PathMtuFacts"/> class.</summary>
    public PathMtuFacts()
        : base(3)
    {
        Frames = Part(new FrameSample());
        Mtu = Part(new Minimum());
        Routers = Part(new KeySet<AddressKey>(4));
    }

    /// <summary>Gets the frames in which routers say so.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the smallest size that would pass, in bytes; 0 from routers that do not tell.</summary>
    public Minimum Mtu { get; }

    /// <summary>Gets the routers.</summary>
    public KeySet<AddressKey> Routers { get; }
}
