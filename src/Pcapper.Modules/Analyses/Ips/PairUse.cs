using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Ips;

/// <summary>All flows between two addresses, of which <see cref="PairKey.From"/> is the smaller.</summary>
public sealed class PairUse : Group
{
    /// <summary>Index of flows.</summary>
    public const int Flows = 0;

    /// <summary>Index of flows that the first address opened.</summary>
    public const int OpenedByFirst = 1;

    /// <summary>Index of IP bytes from the first to the second.</summary>
    public const int BytesFromFirst = 2;

    /// <summary>Index of IP bytes from the second to the first.</summary>
    public const int BytesFromSecond = 3;

    /// <summary>Index of packets both ways.</summary>
    public const int Packets = 4;

    /// <summary>How many counters there are.</summary>
    public const int Counts = 5;

    private const int MostSpoken = 6;

    /// <summary>Initializes a new instance of the <see cref="PairUse"/> class.</summary>
    public PairUse()
        : base(parts: 3)
    {
        Totals = Part(new Counters(Counts));
        Spoken = Part(new Texts(MostSpoken));
        Extent = Part(new Extent());
    }

    /// <summary>Gets the counters.</summary>
    public Counters Totals { get; }

    /// <summary>Gets what was spoken: protocols by content, else the transport.</summary>
    public Texts Spoken { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }
}
