using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>How often a client had a station do one thing, and what came of it.</summary>
internal sealed class IcsCall : Group
{
    private const int MostPlaces = 64;

    /// <summary>Initializes a new instance of the <see cref="IcsCall"/> class.</summary>
    public IcsCall()
        : base(8)
    {
        Requests = Part(new FrameSample());
        Times = Part(new Extent());
        Answers = Part(new Count());
        Refused = Part(new FrameSample());
        Refusals = Part(new Bits());
        RefusedPlaces = Part(new KeySet<NumberKey>(MostPlaces));
        Broadcasts = Part(new FrameSample());
        Failures = Part(new Count());
    }

    /// <summary>Gets the requests.</summary>
    public FrameSample Requests { get; }

    /// <summary>Gets when.</summary>
    public Extent Times { get; }

    /// <summary>Gets the answers, refusals among them.</summary>
    public Count Answers { get; }

    /// <summary>Gets the refusals, of which the frames of the answers are kept.</summary>
    public FrameSample Refused { get; }

    /// <summary>Gets the reasons given.</summary>
    public Bits Refusals { get; }

    /// <summary>Gets the addresses that were refused.</summary>
    public KeySet<NumberKey> RefusedPlaces { get; }

    /// <summary>Gets the requests to all stations.</summary>
    public FrameSample Broadcasts { get; }

    /// <summary>Gets the answers that the device failed or was busy.</summary>
    public Count Failures { get; }
}
