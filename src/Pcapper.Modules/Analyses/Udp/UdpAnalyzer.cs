using Pcapper.Engine;
using Pcapper.Modules.Protocols.Icmp;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Udp;

/// <summary><c>--udp</c>: services, pairs, amplification, scans.</summary>
public sealed class UdpAnalyzer : Analyzer<UdpState>, IRecordConsumer<FlowEnded>, IRecordConsumer<IcmpMessage>
{
    // Tftp's answers are the files themselves: large by their nature.
    private const ushort TftpPort = 69;
    private const ushort FirstTracePort = 33434;
    private const ushort LastTracePort = 33534;
    private const ushort FirstDynamicPort = 1024;
    private const int MostProbePackets = 3;
    private const int LargeFactor = 3;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "udp", "--udp", "UDP", "UDP services, pairs, amplification, scans", 1, [UdpFindings.Amplification, UdpFindings.PortScan, UdpFindings.HostSweep]);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<IcmpMessage>(this);
        bus.RequireServices();
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        if (record.Flow.Key.Protocol != IpProtocol.Udp)
        {
            return;
        }

        FlowId flow = record.Flow;
        Add(State.Totals, record);
        Add(State.Pairs[new PairKey(flow.Originator, flow.Responder)], record);
        UdpService service = State.Services[new((long)flow.ResponderPort, string.Join('/', record.Services))];
        Add(service.Totals, record);
        service.Originators.Add(new AddressKey(flow.Originator));
        service.Responders.Add(new AddressKey(flow.Responder));
        service.Frames.Add(record.Frame);
        service.Extent.Add(record.Time, record.Frame, record.Last, record.LastFrame);
        AddReflected(record);
        AddProbe(record);
    }

    /// <inheritdoc/>
    public void Consume(IcmpMessage record)
    {
        bool isPortUnreachable = record.IsV6 ? record is { Type: 1, Code: 4 } : record is { Type: 3, Code: 3 };
        if (isPortUnreachable && record.Quoted is { Protocol: IpProtocol.Udp } quoted && quoted.ResponderPort is < FirstTracePort or > LastTracePort && IsProbePort(quoted))
        {
            State.Vertical[new PairKey(quoted.Originator, quoted.Responder)].AddClosed(quoted.ResponderPort);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(UdpState state, Conclusions conclusions)
    {
        UdpTables.Write(state, conclusions.Section);
        UdpFindings.Conclude(state, conclusions);
    }

    private static void Add(Counters totals, FlowEnded record)
    {
        totals[UdpCounts.Flows]++;
        totals[UdpCounts.Unanswered] += record.Answered ? 0 : 1;
        totals[UdpCounts.PacketsOut] += record.ToResponder.Packets;
        totals[UdpCounts.PacketsBack] += record.ToOriginator.Packets;
        totals[UdpCounts.BytesOut] += record.ToResponder.PayloadBytes;
        totals[UdpCounts.BytesBack] += record.ToOriginator.PayloadBytes;
    }

    private void AddReflected(FlowEnded record)
    {
        FlowId flow = record.Flow;
        if (!flow.Responder.IsHost || !flow.Originator.IsHost)
        {
            return;
        }

        bool isAnswer = flow.ResponderPort != TftpPort && Reflectors.Of(flow.ResponderPort) is not null
            && record.ToOriginator.PayloadBytes > LargeFactor * record.ToResponder.PayloadBytes;

        // Answers alone: what begins the flow comes from the server's port. Some protocols use one port for both ends: then it says nothing.
        bool isUnasked = !record.Answered && flow.OriginatorPort != flow.ResponderPort && Reflectors.Of(flow.OriginatorPort) is not null
            && Reflectors.Of(flow.ResponderPort) is null && flow.OriginatorPort is not (TftpPort or 5353 or 137);
        if (!isAnswer && !isUnasked)
        {
            return;
        }

        ReflectorUse use = isAnswer
            ? State.Reflected[new(flow.Originator, (long)flow.ResponderPort)]
            : State.Reflected[new(flow.Responder, (long)flow.OriginatorPort)];
        DirectionTotals answers = isAnswer ? record.ToOriginator : record.ToResponder;
        use.Totals[UdpCounts.Flows]++;
        use.Totals[UdpCounts.Unanswered] += isUnasked ? 1 : 0;
        use.Totals[UdpCounts.PacketsBack] += answers.Packets;
        use.Totals[UdpCounts.BytesBack] += answers.PayloadBytes;
        use.Totals[UdpCounts.PacketsOut] += isAnswer ? record.ToResponder.Packets : 0;
        use.Totals[UdpCounts.BytesOut] += isAnswer ? record.ToResponder.PayloadBytes : 0;
        use.Servers.Add(new AddressKey(isAnswer ? flow.Responder : flow.Originator));
        use.Frames.Add(record.Frame);
        use.Extent.Add(record.Time, record.Frame, record.Last, record.LastFrame);
    }

    private void AddProbe(FlowEnded record)
    {
        FlowId flow = record.Flow;
        if (!flow.Responder.IsHost || !flow.Originator.IsHost || !IsProbePort(flow.Key))
        {
            return;
        }

        if (record.Answered)
        {
            State.Answered[new(flow.Originator, (long)flow.ResponderPort)].Add();
            return;
        }

        if (record.ToResponder.Packets > MostProbePackets || flow.ResponderPort is >= FirstTracePort and <= LastTracePort)
        {
            return;
        }

        UdpProbes ports = State.Vertical[new PairKey(flow.Originator, flow.Responder)];
        UdpProbes hosts = State.Horizontal[new(flow.Originator, (long)flow.ResponderPort)];
        ports.AddPeer(new NumberKey(flow.ResponderPort));
        ports.AddFrame(record.Frame);
        ports.Add(record.Time, record.Time);
        hosts.AddPeer(new AddressKey(flow.Responder));
        hosts.AddFrame(record.Frame);
        hosts.Add(record.Time, record.Time);
    }

    // From a server's port to a client's: the answers of a flow that was captured one way only.
    private static bool IsProbePort(in FlowKey flow)
        => !((flow.OriginatorPort < FirstDynamicPort || Reflectors.Of(flow.OriginatorPort) is not null) && flow.ResponderPort >= FirstDynamicPort);
}
