using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>One shard at work: frames in, records out to the analyzers.</summary>
internal sealed class Pipeline
{
    private readonly RecordBus _bus;
    private readonly FlowTable _flows;
    private readonly IpDefragmenter _defragmenter;
    private readonly Emitter<AnomalySeen> _anomalies;
    private IPacketConsumer[] _consumers = [];

    public Pipeline(RecordBus bus, Identifier identifier)
    {
        _bus = bus;
        _flows = new FlowTable(bus, identifier, Problems);
        _anomalies = bus.Emitter<AnomalySeen>();
        _defragmenter = new IpDefragmenter(Report);
    }

    /// <summary>Gets the mistakes met.</summary>
    public InternalProblems Problems { get; } = new();

    /// <summary>Gets how often limits were hit.</summary>
    public LimitsHit LimitsHit => new(_flows.Evicted, _flows.ExpectationsLost, _defragmenter.Evicted, _defragmenter.EvictedInAll);

    /// <summary>Call once everyone has subscribed.</summary>
    public void Start() => _consumers = [.. _bus.PacketConsumers];

    /// <summary>Takes a frame of this shard.</summary>
    public void Process(in Frame frame, ref Packet packet)
    {
        PacketDecoder.Decode(frame, ref packet);
        Flow? flow = null;
        try
        {
            flow = TakePacket(ref packet);
            if (packet.Anomalies != Anomalies.None && _anomalies.IsWanted)
            {
                PacketAnomalies.Report(packet, flow, _anomalies);
            }

            foreach (IPacketConsumer consumer in _consumers)
            {
                consumer.Consume(packet, flow);
            }
        }
        catch (Exception bug) when (!Guard.Rethrow)
        {
            flow?.Streams?.Abandon();
            Problems.Add(frame.Ref, bug);
        }
    }

    /// <summary>Tells every shard's pipeline alike how far the capture has come.</summary>
    public void Tick(long frameNumber, Timestamp now)
    {
        if (_flows.IsSweepDue(frameNumber))
        {
            _flows.Sweep(now);
        }

        if ((frameNumber & (FlowTable.SweepEvery - 1)) == 0)
        {
            _defragmenter.Sweep(now);
        }
    }

    /// <summary>The capture is at its end: no flow goes on into the next.</summary>
    /// <param name="pause">Called now and then between flows.</param>
    public void EndCapture(Action pause)
    {
        _flows.EndAll(pause);
        _defragmenter.End();
    }

    private Flow? TakePacket(ref Packet packet)
    {
        long ipBytes = packet.IpLength;
        int pieces = 1;
        int outerTaken = 0;
        while (packet.IsFragment)
        {
            TakeOuter(packet, ref outerTaken);
            if (!_defragmenter.Add(packet, out ReadOnlySpan<byte> datagram, out IpProtocol protocol, out FragmentFacts facts))
            {
                packet.Anomalies |= facts.Anomalies;
                return null;
            }

            packet.Anomalies |= facts.Anomalies;
            ipBytes = facts.IpBytes;
            pieces = facts.Pieces;
            PacketDecoder.DecodeDatagram(protocol, datagram, ref packet);
            if (!packet.IsFragment && !packet.Tunnel.IsNone && packet.OuterCount > outerTaken)
            {
                ipBytes = packet.IpLength;
                pieces = 1;
            }
        }

        TakeOuter(packet, ref outerTaken);
        bool hasFlow = packet.HasIp && (packet.HasPorts || packet.Last is Layer.Icmp or Layer.IcmpV6);
        return hasFlow ? _flows.Take(packet, ipBytes, pieces) : null;
    }

    private void TakeOuter(in Packet packet, ref int taken)
    {
        while (taken < packet.OuterCount)
        {
            _flows.TakeOuter(packet, packet.Outer[taken++]);
        }
    }

    private void Report(IncompleteDatagram datagram)
    {
        if (!_anomalies.IsWanted)
        {
            return;
        }

        try
        {
            _anomalies.Emit(new AnomalySeen
            {
                Flow = new FlowId(new FlowKey(datagram.Source, 0, datagram.Destination, 0, datagram.Protocol, datagram.Tunnel.Canonical), datagram.First),
                Frame = datagram.First,
                Time = datagram.Time,
                Protocol = LayerNames.Of(datagram.Source.IsIPv4 ? Layer.IPv4 : Layer.IPv6),
                Rule = "fragments without the rest",
            });
        }
        catch (Exception bug) when (!Guard.Rethrow)
        {
            Problems.Add(datagram.First, bug);
        }
    }
}
