using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>What a router, or who claims to be one, said.</summary>
public sealed class RouterEvidence : Group
{
    /// <summary>Initializes a new instance of the <see cref="RouterEvidence"/> class.</summary>
    public RouterEvidence()
        : base(6)
    {
        Frames = Part(new FrameSample());
        Receivers = Part(new KeySet<AddressKey>(cap: 32));
        ShortestLifetime = Part(new Minimum());
        LongestLifetime = Part(new Maximum());
        HighPreference = Part(new Count());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the messages.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets whom it told.</summary>
    public KeySet<AddressKey> Receivers { get; }

    /// <summary>Gets the shortest lifetime in seconds that it gave itself; 0 withdraws it.</summary>
    public Minimum ShortestLifetime { get; }

    /// <summary>Gets the longest lifetime in seconds.</summary>
    public Maximum LongestLifetime { get; }

    /// <summary>Gets how often it asked to be preferred (RFC 4191).</summary>
    public Count HighPreference { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
