using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>ICMP messages by type, echo sessions, and what errors tell.</summary>
public sealed class IcmpState : AnalyzerState
{
    private const int MostSessions = 100_000;
    private const int MostHosts = 200_000;

    /// <summary>Initializes a new instance of the <see cref="IcmpState"/> class.</summary>
    public IcmpState()
    {
        Types = Part(new PartMap<NumberKey, FrameSample>());
        Bytes = Part(new Count());
        Sessions = Part(new PartMap<Key2<PairKey, NumberKey>, EchoSession>(MostSessions));
        Pingers = Part(new PartMap<AddressKey, EchoTargets>(MostHosts));
        Targets = Part(new PartMap<AddressKey, IcmpTarget>(MostHosts));
        Broadcasts = Part(new PartMap<PairKey, EchoTargets>(MostHosts));
        Redirects = Part(new PartMap<PairKey, RouterEvidence>(MostHosts));
        Routers = Part(new PartMap<Key2<NumberKey, AddressKey>, RouterEvidence>(MostHosts));
        ClosedPorts = Part(new PartMap<EndpointKey, FrameSample>(MostHosts));
        Traces = Part(new PartMap<PairKey, TraceEvidence>(MostHosts));
    }

    /// <summary>Gets the messages per version, type and code; see <see cref="TypeKey"/>.</summary>
    public PartMap<NumberKey, FrameSample> Types { get; }

    /// <summary>Gets the payload bytes.</summary>
    public Count Bytes { get; }

    /// <summary>Gets the echo sessions per asking host, asked host and identifier.</summary>
    public PartMap<Key2<PairKey, NumberKey>, EchoSession> Sessions { get; }

    /// <summary>Gets whom each host asked.</summary>
    public PartMap<AddressKey, EchoTargets> Pingers { get; }

    /// <summary>Gets what came to each host.</summary>
    public PartMap<AddressKey, IcmpTarget> Targets { get; }

    /// <summary>Gets the echo requests to broadcast addresses, per claimed sender.</summary>
    public PartMap<PairKey, EchoTargets> Broadcasts { get; }

    /// <summary>Gets who sent packets elsewhere, per sender and new gateway.</summary>
    public PartMap<PairKey, RouterEvidence> Redirects { get; }

    /// <summary>Gets who advertises itself as a router, per VLAN.</summary>
    public PartMap<Key2<NumberKey, AddressKey>, RouterEvidence> Routers { get; }

    /// <summary>Gets the ports that were said to be closed.</summary>
    public PartMap<EndpointKey, FrameSample> ClosedPorts { get; }

    /// <summary>Gets the paths found, per tracing host and destination.</summary>
    public PartMap<PairKey, TraceEvidence> Traces { get; }

    /// <summary>Makes the key of <see cref="Types"/>.</summary>
    public static long TypeKey(bool isV6, byte type, byte code) => ((isV6 ? 1L : 0L) << 16) | ((long)type << 8) | code;
}
