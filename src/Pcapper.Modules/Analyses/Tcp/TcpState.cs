using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Tcp;

/// <summary>How TCP connections went.</summary>
public sealed class TcpState : AnalyzerState
{
    private const int MostPairs = 100_000;

    /// <summary>Initializes a new instance of the <see cref="TcpState"/> class.</summary>
    public TcpState()
    {
        States = Part(new PartMap<NumberKey, FrameSample>(cap: 32));
        Totals = Part(new Counters(TcpCounts.Count));
        HandshakeTimes = Part(new Histogram());
        Servers = Part(new PartMap<EndpointKey, ServerUse>(MostPairs));
        Pairs = Part(new PartMap<PairKey, Counters>(MostPairs));
        Sources = Part(new PartMap<AddressKey, Counters>(MostPairs, () => new Counters(2)));
        Vertical = Part(new PartMap<PairKey, ScanEvidence>(MostPairs));
        Horizontal = Part(new PartMap<Key2<AddressKey, NumberKey>, ScanEvidence>(MostPairs));
    }

    /// <summary>Gets the flows per connection state (<see cref="ConnState"/> as a number).</summary>
    public PartMap<NumberKey, FrameSample> States { get; }

    /// <summary>Gets the sums over all flows.</summary>
    public Counters Totals { get; }

    /// <summary>Gets the times from SYN to SYN-ACK in nanoseconds.</summary>
    public Histogram HandshakeTimes { get; }

    /// <summary>Gets how connections to each server went.</summary>
    public PartMap<EndpointKey, ServerUse> Servers { get; }

    /// <summary>Gets the trouble per originator and responder.</summary>
    public PartMap<PairKey, Counters> Pairs { get; }

    /// <summary>Gets successes (0) and failures (1) per originator.</summary>
    public PartMap<AddressKey, Counters> Sources { get; }

    /// <summary>Gets the failed ports per originator and host.</summary>
    public PartMap<PairKey, ScanEvidence> Vertical { get; }

    /// <summary>Gets the failed hosts per originator and port.</summary>
    public PartMap<Key2<AddressKey, NumberKey>, ScanEvidence> Horizontal { get; }
}
