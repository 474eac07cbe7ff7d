using System.Runtime.InteropServices;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The flows of one shard. Which packets form a flow depends on that flow's packets alone.</summary>
internal sealed class FlowTable(RecordBus bus, Identifier identifier)
{
    private const int SweepEvery = 1 << 18;
    private const int MaxTunnels = 1 << 16;
    private const int MaxExpectations = 1 << 16;

    private readonly Dictionary<FlowLookup, Flow> _flows = [];
    private readonly Dictionary<Encapsulation, int> _tunnels = [];
    private readonly Dictionary<(IpAddress Peer, IpAddress Address, ushort Port, IpProtocol Transport), Expectation> _expectations = [];
    private readonly Emitter<FlowEnded> _ended = bus.Emitter<FlowEnded>();
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly List<FlowLookup> _expired = [];

    /// <summary>Gets how many flows were ended early because there were too many.</summary>
    public long Evicted { get; private set; }

    /// <summary>Takes a packet with ports, or an ICMP message; returns its flow.</summary>
    public Flow Take(in Packet packet, long ipBytes, int packets)
    {
        (ushort sourcePort, ushort destinationPort) = Ports(packet);
        Flow flow = Find(packet, packet.Source, sourcePort, packet.Destination, destinationPort, packet.Protocol, packet.Tunnel);
        flow.Take(packet, flow.DirectionOf(packet.Source, sourcePort), ipBytes, packets);
        return flow;
    }

    /// <summary>Counts a UDP layer that carries a tunnel, as a flow of its own.</summary>
    public void TakeOuter(in Packet packet, in OuterUdp outer)
    {
        Flow flow = Find(packet, outer.Source, outer.SourcePort, outer.Destination, outer.DestinationPort, IpProtocol.Udp, outer.Tunnel);
        flow.TakeOuter(packet, outer, flow.DirectionOf(outer.Source, outer.SourcePort));
    }

    /// <summary>Remembers an announced flow between the two hosts of another.</summary>
    public void Expect(in FlowKey announcer, Expectation expectation)
    {
        bool isPair = expectation.Address == announcer.Originator || expectation.Address == announcer.Responder;
        if (isPair && _expectations.Count < MaxExpectations)
        {
            IpAddress peer = expectation.Address == announcer.Originator ? announcer.Responder : announcer.Originator;
            _expectations[(peer, expectation.Address, expectation.Port, expectation.Transport)] = expectation;
        }
    }

    /// <summary>Tells whether it is time to sweep: at the same frames in every shard, or when there are too many flows.</summary>
    public bool IsSweepDue(long frameNumber) => (frameNumber & (SweepEvery - 1)) == 0 || _flows.Count > Limits.LiveFlows;

    /// <summary>Ends the flows that no packet can continue any more.</summary>
    public void Sweep(Timestamp now)
    {
        foreach ((FlowLookup lookup, Flow flow) in _flows)
        {
            if (now - flow.Last > flow.Timeout + FlowTimeouts.Attempt)
            {
                _expired.Add(lookup);
            }
        }

        if (_flows.Count - _expired.Count > Limits.LiveFlows)
        {
            EvictOldest();
        }

        EndAll(_expired);
        _expired.Clear();
    }

    /// <summary>Ends all flows, oldest first.</summary>
    public void EndAll()
    {
        _expired.AddRange(_flows.Keys);
        EndAll(_expired);
        _expired.Clear();
        _expectations.Clear();
    }

    private void EndAll(List<FlowLookup> lookups)
    {
        foreach (FlowLookup lookup in lookups)
        {
            if (_flows.Remove(lookup, out Flow? flow))
            {
                flow.End(_ended, _anomalies);
            }
        }
    }

    private void EvictOldest()
    {
        List<(Timestamp Last, FrameRef Frame, FlowLookup Lookup)> byAge = [.. _flows.Select(f => (f.Value.Last, f.Value.LastFrame, f.Key))];
        byAge.Sort((a, b) => a.Last.CompareTo(b.Last) is not 0 and var t ? t : a.Frame.CompareTo(b.Frame));
        int surplus = _flows.Count - (Limits.LiveFlows / 4 * 3);
        Evicted += surplus;
        _expired.AddRange(byAge.Take(surplus).Select(f => f.Lookup));
    }

    private Flow Find(in Packet packet, in IpAddress source, ushort sourcePort, in IpAddress destination, ushort destinationPort, IpProtocol protocol, in Encapsulation tunnel)
    {
        FlowLookup lookup = FlowLookup.Of(source, sourcePort, destination, destinationPort, protocol, TunnelNumber(tunnel), out _);
        ref Flow? slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_flows, lookup, out _);
        if (slot is not null && IsOver(slot, packet, source, sourcePort, protocol))
        {
            Flow old = slot;
            slot = null;
            old.End(_ended, _anomalies);
            slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_flows, lookup, out _);
        }

        return slot ??= Create(packet, source, sourcePort, destination, destinationPort, protocol, tunnel);
    }

    private static bool IsOver(Flow flow, in Packet packet, in IpAddress source, ushort sourcePort, IpProtocol protocol)
    {
        if (packet.Frame.Time - flow.Last > flow.Timeout)
        {
            return true;
        }

        if (protocol != IpProtocol.Tcp || (packet.Flags & (TcpFlags.Syn | TcpFlags.Ack)) != TcpFlags.Syn || flow.Tcp is null)
        {
            return false;
        }

        return flow.Tcp.IsNewConnection(flow.DirectionOf(source, sourcePort), packet.Sequence);
    }

    private Flow Create(in Packet packet, IpAddress source, ushort sourcePort, IpAddress destination, ushort destinationPort, IpProtocol protocol, in Encapsulation tunnel)
    {
        (bool isGuessed, bool isFlipped) = Judge(packet, sourcePort, destinationPort, protocol);
        FlowKey key = isFlipped
            ? new FlowKey(destination, destinationPort, source, sourcePort, protocol, tunnel.Canonical)
            : new FlowKey(source, sourcePort, destination, destinationPort, protocol, tunnel.Canonical);
        var flow = new Flow(this, new FlowId(key, packet.Frame.Ref), packet.Frame.Time, isGuessed, isFlipped && isGuessed)
        {
            Vlans = packet.Vlans,
            Path = packet.Path,
        };
        if (_expectations.Count > 0 && _expectations.Remove((key.Originator, key.Responder, key.ResponderPort, protocol), out Expectation? announced))
        {
            flow.Announcement = announced;
        }

        if (bus.WantsStreams && protocol is IpProtocol.Tcp or IpProtocol.Udp)
        {
            flow.Streams = new StreamDriver(flow, protocol == IpProtocol.Tcp ? Transports.Tcp : Transports.Udp, identifier, bus, _anomalies);
        }

        return flow;
    }

    // Without a SYN, the side with the lower port is taken for the responder (TCP), or the side with a system port (others; RFC 6335, 6).
    private static (bool IsGuessed, bool IsFlipped) Judge(in Packet packet, ushort sourcePort, ushort destinationPort, IpProtocol protocol)
    {
        const ushort FirstUserPort = 1024;
        switch (protocol)
        {
            case IpProtocol.Tcp when (packet.Flags & TcpFlags.Syn) != 0:
                return (false, (packet.Flags & TcpFlags.Ack) != 0);
            case IpProtocol.Tcp:
                return (true, sourcePort < destinationPort);
            case IpProtocol.Icmp:
                return (false, IcmpTypes.Counterpart(packet.IcmpType) is not null && IcmpTypes.IsReply(packet.IcmpType));
            case IpProtocol.IcmpV6:
                return (false, IcmpTypes.CounterpartV6(packet.IcmpType) is not null && IcmpTypes.IsReplyV6(packet.IcmpType));
            default:
                bool isReply = sourcePort < FirstUserPort && destinationPort >= FirstUserPort && packet.Destination.IsHost;
                return (isReply, isReply);
        }
    }

    private static (ushort Source, ushort Destination) Ports(in Packet packet)
    {
        switch (packet.Protocol)
        {
            case IpProtocol.Icmp:
                return IcmpTypes.Counterpart(packet.IcmpType) is byte other ? (packet.IcmpType, other) : (packet.IcmpType, packet.IcmpCode);
            case IpProtocol.IcmpV6:
                return IcmpTypes.CounterpartV6(packet.IcmpType) is byte other6 ? (packet.IcmpType, other6) : (packet.IcmpType, packet.IcmpCode);
            default:
                return (packet.SourcePort, packet.DestinationPort);
        }
    }

    private int TunnelNumber(in Encapsulation tunnel)
    {
        if (tunnel.IsNone)
        {
            return 0;
        }

        Encapsulation canonical = tunnel.Canonical;
        if (_tunnels.TryGetValue(canonical, out int number))
        {
            return number;
        }

        if (_tunnels.Count >= MaxTunnels)
        {
            // A number from the ends themselves: the same in every shard, shared only if two tunnels collide.
            return MaxTunnels + (int)(StableHash.OfPair(canonical.Source, canonical.Destination) % MaxTunnels);
        }

        number = _tunnels.Count + 1;
        _tunnels.Add(canonical, number);
        return number;
    }
}
