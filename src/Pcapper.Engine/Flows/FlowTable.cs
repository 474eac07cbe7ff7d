using System.Runtime.InteropServices;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The flows of one shard. Which packets form a flow depends on that flow's packets alone.</summary>
internal sealed class FlowTable
{
    /// <summary>After how many frames of the capture time-outs are looked for.</summary>
    public const int SweepEvery = 1 << 14;

    private const int EndedAtOnce = 1 << 12;

    private readonly FlowIndex _flows;
    private readonly FlowWheel _wheel;
    private readonly Dictionary<(IpAddress Peer, IpAddress Address, ushort Port, IpProtocol Transport), Expectation> _expectations = [];
    private readonly Dictionary<(IpAddress, IpAddress), int> _expectedPerPair = [];
    private readonly Emitter<FlowEnded> _ended;
    private readonly Emitter<AnomalySeen> _anomalies;
    private readonly IFlowCounter[] _counters;
    private readonly List<Flow> _expired = [];
    private readonly Stack<TcpConnection> _connections = [];
    private readonly RecordBus _bus;
    private readonly Identifier _identifier;
    private readonly InternalProblems _problems;

    public FlowTable(RecordBus bus, Identifier identifier, InternalProblems problems)
    {
        _problems = problems;
        _bus = bus;
        _identifier = identifier;
        _ended = bus.Emitter<FlowEnded>();
        _anomalies = bus.Emitter<AnomalySeen>();
        _counters = [.. bus.FlowCounters];
        _flows = new FlowIndex();
        _wheel = new FlowWheel(_flows);
    }

    /// <summary>Gets how many flows were ended early because there were too many.</summary>
    public long Evicted { get; private set; }

    /// <summary>Gets how many announced flows were forgotten because there were too many.</summary>
    public long ExpectationsLost { get; private set; }

    /// <summary>Gets a value indicating whether flows are identified and parsed.</summary>
    public bool WantsStreams => _bus.WantsStreams;

    /// <summary>Makes what finds out what a flow speaks.</summary>
    public StreamDriver NewDriver(Flow flow)
        => new(flow, flow.Id.Key.Protocol == IpProtocol.Tcp ? Transports.Tcp : Transports.Udp, _identifier, _bus, _anomalies);

    /// <summary>Gets what follows a TCP connection.</summary>
    public TcpConnection RentConnection() => _connections.TryPop(out TcpConnection? connection) ? connection : new TcpConnection();

    /// <summary>Takes it back, for the next flow.</summary>
    public void Return(TcpConnection connection)
    {
        connection.Restart();
        _connections.Push(connection);
    }

    /// <summary>Takes a packet with ports, or an ICMP message; returns its flow.</summary>
    public Flow Take(in Packet packet, long ipBytes, int packets)
    {
        (ushort sourcePort, ushort destinationPort) = Ports(packet);
        Flow flow = Find(packet, new FlowEnds(in packet.Source, sourcePort, in packet.Destination, destinationPort, packet.Protocol, in packet.Tunnel));
        bool wasOver = flow.IsOver;
        flow.Take(packet, flow.DirectionOf(packet.Source, sourcePort), ipBytes, packets);
        if (flow.IsOver && !wasOver)
        {
            // Its time-out has become shorter.
            _wheel.Put(flow);
        }

        return flow;
    }

    /// <summary>Counts a UDP layer that carries a tunnel, as a flow of its own.</summary>
    public void TakeOuter(in Packet packet, in OuterUdp outer)
    {
        Flow flow = Find(packet, new FlowEnds(in outer.Source, outer.SourcePort, in outer.Destination, outer.DestinationPort, IpProtocol.Udp, in outer.Tunnel));
        flow.TakeOuter(packet, outer, flow.DirectionOf(outer.Source, outer.SourcePort));
    }

    /// <summary>Remembers an announced flow between the two hosts of another.</summary>
    public void Expect(in FlowKey announcer, Expectation expectation)
    {
        if (expectation.Address != announcer.Originator && expectation.Address != announcer.Responder)
        {
            return;
        }

        IpAddress peer = expectation.Address == announcer.Originator ? announcer.Responder : announcer.Originator;
        (IpAddress, IpAddress, ushort, IpProtocol) ends = (peer, expectation.Address, expectation.Port, expectation.Transport);
        (IpAddress, IpAddress) pair = Pair(peer, expectation.Address);
        if (_expectations.ContainsKey(ends))
        {
            _expectations[ends] = expectation;
        }
        else if (_expectations.Count >= Limits.Expectations)
        {
            ExpectationsLost++;
        }
        else if (_expectedPerPair.GetValueOrDefault(pair) < Limits.PairExpectations)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_expectedPerPair, pair, out _)++;
            _expectations.Add(ends, expectation);
        }
    }

    /// <summary>Tells whether it is time to sweep: at the same frames in every shard, or when there are too many flows.</summary>
    public bool IsSweepDue(long frameNumber) => (frameNumber & (SweepEvery - 1)) == 0 || _flows.Count > Limits.LiveFlows;

    /// <summary>Ends the flows that no packet can continue any more.</summary>
    public void Sweep(Timestamp now)
    {
        _wheel.Collect(now, _expired);
        if (_flows.Count - _expired.Count > Limits.LiveFlows)
        {
            EvictOldest();
        }

        EndExpired();
    }

    /// <summary>Ends all flows.</summary>
    /// <param name="pause">Called after every few thousand.</param>
    public void EndAll(Action pause)
    {
        List<Flow> left = [.. _flows.All];
        for (int from = 0; from < left.Count; from += EndedAtOnce)
        {
            int count = Math.Min(EndedAtOnce, left.Count - from);
            _expired.AddRange(CollectionsMarshal.AsSpan(left).Slice(from, count));
            EndExpired();
            pause();
        }

        _expectations.Clear();
        _expectedPerPair.Clear();
        _wheel.Reset();
    }

    private void EndExpired()
    {
        // One at a time off the list, so that a mistake in one flow's parser does not bring the others back.
        while (_expired.Count > 0)
        {
            if (_expired.Count % Prefetch.Flows == 0)
            {
                Prefetch.Ends(CollectionsMarshal.AsSpan(_expired)[^Prefetch.Flows..]);
            }

            Flow flow = _expired[^1];
            _expired.RemoveAt(_expired.Count - 1);
            _flows.Remove(flow);
            End(flow);
        }
    }

    private void End(Flow flow)
    {
        try
        {
            flow.End(_counters, _ended, _anomalies);
        }
        catch (Exception bug) when (!Guard.Rethrow)
        {
            _problems.Add(flow.LastFrame, bug);
        }
    }

    private void EvictOldest()
    {
        HashSet<Flow> expired = [.. _expired];
        List<Flow> byAge = [.. _flows.All.Where(flow => !expired.Contains(flow))];
        byAge.Sort((a, b) => a.Last.CompareTo(b.Last) is not 0 and var t ? t : a.LastFrame.CompareTo(b.LastFrame));
        int surplus = byAge.Count - (Limits.LiveFlows / 4 * 3);
        Evicted += surplus;
        _expired.AddRange(byAge.Take(surplus));
    }

    private Flow Find(in Packet packet, in FlowEnds ends)
    {
        uint hash = ends.Hash;
        Flow? flow = _flows.Find(ends, hash);
        RivalSyn? opening = null;
        if (flow is not null && IsOver(flow, packet, ends.Source, ends.SourcePort, ends.Protocol, out opening))
        {
            if (opening is not null)
            {
                flow.GiveUp(opening);
            }

            _flows.Remove(flow);
            End(flow);
            flow = null;
        }

        if (flow is null)
        {
            flow = _flows.Reuse() ?? new Flow(this);
            Begin(flow, packet, ends, opening);
            _flows.Add(flow, hash);
            _wheel.Put(flow);
        }

        return flow;
    }

    private static (IpAddress, IpAddress) Pair(in IpAddress one, in IpAddress other) => one.CompareTo(other) <= 0 ? (one, other) : (other, one);

    private static bool IsOver(Flow flow, in Packet packet, in IpAddress source, ushort sourcePort, IpProtocol protocol, out RivalSyn? opening)
    {
        opening = null;
        if (packet.Frame.Time - flow.Last > flow.Timeout)
        {
            return true;
        }

        if (protocol != IpProtocol.Tcp || (packet.Flags & (TcpFlags.Syn | TcpFlags.Rst)) == 0 || flow.Tcp is null)
        {
            return false;
        }

        Direction direction = flow.DirectionOf(source, sourcePort);
        if ((packet.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn)
        {
            return flow.Tcp.IsNewConnection(direction, packet.Sequence);
        }

        opening = flow.Tcp.Answered(packet, direction);
        return opening is not null;
    }

    private void Begin(Flow flow, in Packet packet, in FlowEnds ends, RivalSyn? opening)
    {
        (bool isGuessed, bool isFlipped) = opening is null ? Judge(packet, ends.SourcePort, ends.DestinationPort, ends.Protocol) : (false, true);
        FlowKey key = isFlipped
            ? new FlowKey(ends.Destination, ends.DestinationPort, ends.Source, ends.SourcePort, ends.Protocol, ends.Tunnel.Canonical)
            : new FlowKey(ends.Source, ends.SourcePort, ends.Destination, ends.DestinationPort, ends.Protocol, ends.Tunnel.Canonical);
        flow.Begin(key, packet, isGuessed, isFlipped && isGuessed);
        if (opening is not null)
        {
            flow.Open(opening);
        }

        if (_expectations.Count > 0 && _expectations.Remove((key.Originator, key.Responder, key.ResponderPort, ends.Protocol), out Expectation? announced))
        {
            (IpAddress, IpAddress) pair = Pair(key.Originator, key.Responder);
            if (--CollectionsMarshal.GetValueRefOrAddDefault(_expectedPerPair, pair, out _) <= 0)
            {
                _expectedPerPair.Remove(pair);
            }

            flow.Announce(announced);
        }
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
}
