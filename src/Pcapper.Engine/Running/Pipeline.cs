using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>One shard at work: frames in, records out to the analyzers.</summary>
internal sealed class Pipeline
{
    /// <summary>How many frames <see cref="Prepare"/> looks at.</summary>
    public const int FramesAhead = 16;

    private readonly RecordBus _bus;
    private readonly FlowTable _flows;
    private IpDefragmenter _defragmenter = new();
    private readonly Emitter<AnomalySeen> _anomalies;
    private readonly List<RunProblem> _problems;
    private IPacketConsumer[] _consumers = [];

    public Pipeline(RecordBus bus, Identifier identifier, List<RunProblem> problems)
    {
        _bus = bus;
        _problems = problems;
        _flows = new FlowTable(bus, identifier);
        _anomalies = bus.Emitter<AnomalySeen>();
    }

    /// <summary>Gets how many flows were ended early because there were too many.</summary>
    public long Evicted => _flows.Evicted;

    /// <summary>Call once everyone has subscribed.</summary>
    public void Start() => _consumers = [.. _bus.PacketConsumers];

    /// <summary>Prepares for the frames that come next, which changes nothing but the time they take.</summary>
    /// <returns>A number without meaning.</returns>
    public long Prepare(CaptureReader reader)
    {
        Span<FramePlace> frames = stackalloc FramePlace[FramesAhead];
        int count = reader.LookAhead(frames, out ReadOnlySpan<byte> bytes);
        return _flows.Warm(bytes, frames[..count]);
    }

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
            flow?.Streams?.GiveUp();
            Report(bug, frame.Ref);
        }
    }

    /// <summary>Tells every shard's pipeline alike how far the capture has come.</summary>
    public void Tick(long frameNumber, Timestamp now)
    {
        if (_flows.IsSweepDue(frameNumber))
        {
            Guarded(new FrameRef(0, frameNumber), () => _flows.Sweep(now));
        }
    }

    /// <summary>The capture is at its end: no flow goes on into the next.</summary>
    public void EndCapture(FrameRef last)
    {
        Guarded(last, _flows.EndAll);
        _defragmenter = new IpDefragmenter();
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

    private void Guarded(FrameRef where, Action action)
    {
        try
        {
            action();
        }
        catch (Exception bug) when (!Guard.Rethrow)
        {
            Report(bug, where);
        }
    }

    private void Report(Exception bug, FrameRef frame)
    {
        const int MostReports = 20;
        if (_problems.Count < MostReports)
        {
            _problems.Add(new RunProblem(RunProblemKind.Internal, $"internal problem at frame {frame}: {bug.GetType().Name}: {bug.Message} {bug.StackTrace?.Split('\n')[0].Trim()}"));
        }
    }
}
