using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>The echo messages of two hosts with one identifier: one run of <c>ping</c>.</summary>
public sealed class EchoSession : Group
{
    /// <summary>Indexes of <see cref="Totals"/>: requests.</summary>
    public const int Requests = 0;

    /// <summary>Indexes of <see cref="Totals"/>: replies.</summary>
    public const int Replies = 1;

    /// <summary>Indexes of <see cref="Totals"/>: payload bytes of the requests.</summary>
    public const int RequestBytes = 2;

    /// <summary>Indexes of <see cref="Totals"/>: payload bytes of the replies.</summary>
    public const int ReplyBytes = 3;

    /// <summary>Indexes of <see cref="Totals"/>: messages with the mark of ptunnel.</summary>
    public const int Marked = 4;

    // So many messages are paired; a tunnel differs from the first on.
    private const int MostEvents = 64;

    /// <summary>Initializes a new instance of the <see cref="EchoSession"/> class.</summary>
    public EchoSession()
        : base(5)
    {
        Totals = Part(new Counters(5));
        Events = Part(new Smallest<EchoEvent>(MostEvents));
        Shortest = Part(new Minimum());
        Longest = Part(new Maximum());
        Extent = Part(new Extent());
    }

    /// <summary>Gets the sums over all messages.</summary>
    public Counters Totals { get; }

    /// <summary>Gets the first messages.</summary>
    public Smallest<EchoEvent> Events { get; }

    /// <summary>Gets the shortest payload.</summary>
    public Minimum Shortest { get; }

    /// <summary>Gets the longest payload.</summary>
    public Maximum Longest { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
