using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>How a claim was made.</summary>
public sealed class ArpEvidence : Group
{
    /// <summary>Initializes a new instance of the <see cref="ArpEvidence"/> class.</summary>
    public ArpEvidence()
        : base(5)
    {
        Frames = Part(new FrameSample());
        Replies = Part(new FrameSample());
        Gratuitous = Part(new Count());
        ToldTo = Part(new KeySet<AddressKey>(cap: 64));
        Extent = Part(new Extent());
    }

    /// <summary>Gets the frames that make the claim, requests and replies.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the replies among them.</summary>
    public FrameSample Replies { get; }

    /// <summary>Gets how many were announcements that nobody asked for.</summary>
    public Count Gratuitous { get; }

    /// <summary>Gets whom the replies told it.</summary>
    public KeySet<AddressKey> ToldTo { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
