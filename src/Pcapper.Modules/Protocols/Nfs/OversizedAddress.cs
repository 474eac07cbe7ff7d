using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>Texts in portmap messages that are longer than any address.</summary>
public sealed class OversizedAddress : Group
{
    /// <summary>Initializes a new instance of the <see cref="OversizedAddress"/> class.</summary>
    public OversizedAddress()
        : base(4)
    {
        Length = Part(new Maximum());
        Programs = Part(new Texts(4));
        Frames = Part(new FrameSample());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the longest.</summary>
    public Maximum Length { get; }

    /// <summary>Gets the programs asked for.</summary>
    public Texts Programs { get; }

    /// <summary>Gets the frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
