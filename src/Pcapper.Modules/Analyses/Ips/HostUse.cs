using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Ips;

/// <summary>What one address sent, received and did.</summary>
public sealed class HostUse : Group
{
    /// <summary>Index of packets sent.</summary>
    public const int PacketsSent = 0;

    /// <summary>Index of packets received.</summary>
    public const int PacketsReceived = 1;

    /// <summary>Index of IP bytes sent.</summary>
    public const int BytesSent = 2;

    /// <summary>Index of IP bytes received.</summary>
    public const int BytesReceived = 3;

    /// <summary>Index of flows that it opened and that were answered.</summary>
    public const int Opened = 4;

    /// <summary>Index of flows that it opened and that were not answered, or refused.</summary>
    public const int Failed = 5;

    /// <summary>Index of flows that it answered.</summary>
    public const int Answered = 6;

    /// <summary>How many counters there are.</summary>
    public const int Counts = 7;

    private const int MostServed = 6;

    /// <summary>Initializes a new instance of the <see cref="HostUse"/> class.</summary>
    public HostUse()
        : base(parts: 5)
    {
        Totals = Part(new Counters(Counts));
        Peers = Part(new Sketch());
        Served = Part(new Texts(MostServed));
        Extent = Part(new Extent());
        Roles = Part(new Bits());
    }

    /// <summary>Gets the counters.</summary>
    public Counters Totals { get; }

    /// <summary>Gets how many addresses it had flows with.</summary>
    public Sketch Peers { get; }

    /// <summary>Gets the protocols that it serves, by content.</summary>
    public Texts Served { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }

    /// <summary>Gets roles that single flows show (<see cref="HostRole"/>).</summary>
    public Bits Roles { get; }
}
