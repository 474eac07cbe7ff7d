using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Udp;

/// <summary>UDP flows per service and pair, and what came of them.</summary>
public sealed class UdpState : AnalyzerState
{
    private const int MostServices = 100_000;
    private const int MostPairs = 100_000;

    /// <summary>Initializes a new instance of the <see cref="UdpState"/> class.</summary>
    public UdpState()
        : this(MostPairs)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="UdpState"/> class.</summary>
    /// <param name="mostPairs">The most pairs, and senders and ports, that are kept.</param>
    internal UdpState(int mostPairs)
    {
        Totals = Part(new Counters(UdpCounts.Count));
        Services = Part(new PartMap<Key2<NumberKey, TextKey>, UdpService>(MostServices));
        Pairs = Part(new PartMap<PairKey, Counters>(mostPairs, () => new Counters(UdpCounts.Count)));
        Reflected = Part(new PartMap<Key2<AddressKey, NumberKey>, ReflectorUse>(mostPairs));
        Vertical = Part(new PartMap<PairKey, UdpProbes>(mostPairs));
        Horizontal = Part(new PartMap<Key2<AddressKey, NumberKey>, UdpProbes>(mostPairs));
        Answered = Part(new PartMap<Key2<AddressKey, NumberKey>, Count>(mostPairs));
    }

    /// <summary>Gets the sums over all flows.</summary>
    public Counters Totals { get; }

    /// <summary>Gets the flows per port and protocol.</summary>
    public PartMap<Key2<NumberKey, TextKey>, UdpService> Services { get; }

    /// <summary>Gets the flows per pair of hosts.</summary>
    public PartMap<PairKey, Counters> Pairs { get; }

    /// <summary>Gets large or unasked answers per receiver and port.</summary>
    public PartMap<Key2<AddressKey, NumberKey>, ReflectorUse> Reflected { get; }

    /// <summary>Gets the ports that failed per originator and host.</summary>
    public PartMap<PairKey, UdpProbes> Vertical { get; }

    /// <summary>Gets the hosts that failed per originator and port.</summary>
    public PartMap<Key2<AddressKey, NumberKey>, UdpProbes> Horizontal { get; }

    /// <summary>Gets the flows that were answered per originator and port.</summary>
    public PartMap<Key2<AddressKey, NumberKey>, Count> Answered { get; }
}
