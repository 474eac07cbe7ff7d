using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>Layers, protocols spoken, ports they were spoken on, broken rules, and who claimed which address by ARP.</summary>
public sealed class ProtocolsState : AnalyzerState
{
    /// <summary>Index of packets in a path's counters.</summary>
    public const int PathPackets = 0;

    /// <summary>Index of bytes in a path's counters.</summary>
    public const int PathBytes = 1;

    /// <summary>Index of flows in a service's counters.</summary>
    public const int Flows = 0;

    /// <summary>Index of packets in a service's counters.</summary>
    public const int Packets = 1;

    /// <summary>Index of IP bytes in a service's counters.</summary>
    public const int Bytes = 2;

    private const int MostBounces = 10_000;

    // A link has some hundreds of hosts: whoever claims more than this is a flood, of which a sample is enough.
    private const int MostClaims = 100_000;

    /// <summary>Initializes a new instance of the <see cref="ProtocolsState"/> class.</summary>
    public ProtocolsState()
    {
        Paths = Part(new PartMap<PathKey, Counters>(Limits.Keys, () => new Counters(2)));
        Services = Part(new PartMap<Key2<PathKey, TextKey>, Counters>(Limits.Keys, () => new Counters(3)));
        Ports = Part(new PartMap<Key2<TextKey, NumberKey>, PortUse>());
        Anomalies = Part(new PartMap<Key2<TextKey, TextKey>, FrameSample>());
        ArpClaims = Part(new PartMap<ArpClaim, ArpEvidence>(MostClaims));
        ArpAsked = Part(new PartMap<AddressKey, Count>(MostClaims));
        ArpRequests = Part(new PartMap<MacKey, ArpTargets>());
        Bounces = Part(new PartMap<Key2<PairKey, EndpointKey>, Bounces>(MostBounces));
    }

    /// <summary>Gets packets and bytes per layer path.</summary>
    public PartMap<PathKey, Counters> Paths { get; }

    /// <summary>Gets flows, packets and bytes per layer path and protocols spoken above it.</summary>
    public PartMap<Key2<PathKey, TextKey>, Counters> Services { get; }

    /// <summary>Gets the flows per protocol and responder's port, where they do not fit.</summary>
    public PartMap<Key2<TextKey, NumberKey>, PortUse> Ports { get; }

    /// <summary>Gets the frames that break a rule, per protocol and rule.</summary>
    public PartMap<Key2<TextKey, TextKey>, FrameSample> Anomalies { get; }

    /// <summary>Gets who claimed which address.</summary>
    public PartMap<ArpClaim, ArpEvidence> ArpClaims { get; }

    /// <summary>Gets how often each address was asked for.</summary>
    public PartMap<AddressKey, Count> ArpAsked { get; }

    /// <summary>Gets whom each host asked for.</summary>
    public PartMap<MacKey, ArpTargets> ArpRequests { get; }

    /// <summary>Gets which client sends which FTP server where.</summary>
    internal PartMap<Key2<PairKey, EndpointKey>, Bounces> Bounces { get; }
}
