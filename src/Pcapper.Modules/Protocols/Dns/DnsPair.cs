using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>What one host asked one server.</summary>
public sealed class DnsPair : Group
{
    /// <summary>Initializes a new instance of the <see cref="DnsPair"/> class.</summary>
    public DnsPair()
        : base(3)
    {
        Frames = Part(new FrameSample());
        Answered = Part(new Count());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the queries.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets how many were answered with data.</summary>
    public Count Answered { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
