using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>What is known of the health of networks, hosts and servers.</summary>
public sealed class HealthState : AnalyzerState
{
    private const int MostPaths = 100_000;
    private const int MostServers = 20_000;

    /// <summary>Initializes a new instance of the <see cref="HealthState"/> class.</summary>
    public HealthState()
    {
        Paths = Part(new PartMap<PairKey, PathFacts>(MostPaths));
        Services = Part(new PartMap<Key2<EndpointKey, TextKey>, ResponseFacts>(MostServers));
        Hosts = Part(new PartMap<AddressKey, HostFacts>(MostPaths));
        CodePoints = Part(new Counters());
        Congestion = Part(new Counters());
        TooBig = Part(new PartMap<PairKey, PathMtuFacts>(MostServers));
        Expired = Part(new PartMap<PairKey, ExpiredFacts>(MostServers));
        Snmp = Part(new PartMap<SnmpKey, SnmpFacts>(MostServers));
    }

    /// <summary>Gets what TCP went through on each path, by sender and receiver.</summary>
    public PartMap<PairKey, PathFacts> Paths { get; }

    /// <summary>Gets how fast each server answers, by protocol.</summary>
    public PartMap<Key2<EndpointKey, TextKey>, ResponseFacts> Services { get; }

    /// <summary>Gets what the IP headers of each host say.</summary>
    public PartMap<AddressKey, HostFacts> Hosts { get; }

    /// <summary>Gets the packets per DSCP (RFC 2474).</summary>
    public Counters CodePoints { get; }

    /// <summary>Gets the packets per value of the ECN field (RFC 3168, 5).</summary>
    public Counters Congestion { get; }

    /// <summary>Gets the packets that were too big for their path, by who sent them and to whom.</summary>
    public PartMap<PairKey, PathMtuFacts> TooBig { get; }

    /// <summary>Gets the packets whose time to live ran out, by who sent them and to whom.</summary>
    public PartMap<PairKey, ExpiredFacts> Expired { get; }

    /// <summary>Gets the SNMP messages per manager, agent and version.</summary>
    public PartMap<SnmpKey, SnmpFacts> Snmp { get; }
}
