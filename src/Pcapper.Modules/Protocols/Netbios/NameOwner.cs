using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>When a host said that a name is its own.</summary>
public sealed class NameOwner : Group
{
    /// <summary>Initializes a new instance of the <see cref="NameOwner"/> class.</summary>
    public NameOwner()
        : base(2)
    {
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the frames that say it.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
