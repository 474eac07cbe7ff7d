using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Tcp;

/// <summary><c>--tcp</c>: connection states, handshake times, retransmissions, resets, windows, scans and floods.</summary>
public sealed class TcpAnalyzer : Analyzer<TcpState>, IRecordConsumer<FlowEnded>
{
    /// <summary>Half-open connections in numbers.</summary>
    public static readonly FindingType SynFlood = new("tcp.syn-flood", "SYN flood", Severity.High, "T1498.001", "T1499.001")
    {
        RestsOnAbsence = true,
        Unless = "the capture shows one direction only, or the server was down and its clients kept trying",
    };

    private const int FloodAttempts = 1000;
    private const double FloodHalfOpen = 0.9;
    private const int FloodPerSecond = 100;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "tcp", "--tcp", "TCP", "connection states, handshakes, retransmissions, scans, floods", 1, [TcpScans.Vertical, TcpScans.Horizontal, SynFlood]);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus) => bus.Subscribe<FlowEnded>(this);

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        if (record.Flow.Key.Protocol != IpProtocol.Tcp)
        {
            return;
        }

        State.States[(long)record.State].Add(record.Frame);
        if (record.SynToSynAck is long time)
        {
            State.HandshakeTimes.Add(time);
        }

        Add(State.Totals, record);
        Add(State.Pairs[new PairKey(record.Flow.Originator, record.Flow.Responder)], record);
        CountServer(record);
        CountScan(record);
    }

    /// <inheritdoc/>
    public override void Conclude(TcpState state, Conclusions conclusions)
    {
        TcpTables.Write(state, conclusions.Section);
        TcpScans.Conclude(state, conclusions);
        foreach ((EndpointKey server, ServerUse use) in state.Servers.Entries)
        {
            ConcludeFlood(server, use, conclusions);
        }
    }

    private static void Add(Counters counters, FlowEnded flow)
    {
        counters[TcpCounts.Flows]++;
        counters[TcpCounts.Segments] += flow.ToResponder.Packets + flow.ToOriginator.Packets;
        counters[TcpCounts.Retransmitted] += flow.ToResponder.Retransmitted + flow.ToOriginator.Retransmitted;
        counters[TcpCounts.OutOfOrder] += flow.ToResponder.OutOfOrder + flow.ToOriginator.OutOfOrder;
        counters[TcpCounts.KeepAlives] += flow.ToResponder.KeepAlives + flow.ToOriginator.KeepAlives;
        counters[TcpCounts.ZeroWindows] += flow.ToResponder.ZeroWindows + flow.ToOriginator.ZeroWindows;
        counters[TcpCounts.MissedBytes] += flow.ToResponder.MissedBytes + flow.ToOriginator.MissedBytes;
        counters[TcpCounts.NotCompared] += flow.ToResponder.NotCompared + flow.ToOriginator.NotCompared;
        if (flow.ToResponder.Conflicts + flow.ToOriginator.Conflicts > 0)
        {
            counters[TcpCounts.Conflicts] += flow.ToResponder.Conflicts + flow.ToOriginator.Conflicts;
        }

        if (flow.State is ConnState.RSTO or ConnState.RSTR)
        {
            counters[TcpCounts.Resets]++;
        }
    }

    private void CountServer(FlowEnded flow)
    {
        ServerUse use = State.Servers[new EndpointKey(flow.Flow.Responder, flow.Flow.ResponderPort, IpProtocol.Tcp)];
        bool isHalfOpen = (flow.ResponderFlags & TcpFlags.Syn) != 0 && (flow.OriginatorFlags & TcpFlags.Ack) == 0;
        int outcome = flow.State switch
        {
            ConnState.REJ => ServerUse.Refused,
            ConnState.S0 or ConnState.SH => ServerUse.Unanswered,
            _ when isHalfOpen => ServerUse.HalfOpen,
            _ => ServerUse.Established,
        };
        use[outcome]++;
        use.AddPeer(new AddressKey(flow.Flow.Originator));
        use.Add(flow.Time, flow.Time);
        if (outcome != ServerUse.Established)
        {
            use.AddFrame(flow.Frame);
        }

        if (flow.SynToSynAck is long time)
        {
            use[ServerUse.Timed]++;
            use[ServerUse.TimeSum] += time;
        }
    }

    private void CountScan(FlowEnded flow)
    {
        int kind = TcpScans.FailedKind(flow);
        Counters outcomes = State.Sources[flow.Flow.Originator];
        if (kind < 0)
        {
            outcomes[0]++;
            if (TcpScans.IsOpenOnly(flow))
            {
                // A scan that finds something: kept beside what it did not find.
                var server = new EndpointKey(flow.Flow.Responder, flow.Flow.ResponderPort, IpProtocol.Tcp);
                State.Vertical[new PairKey(flow.Flow.Originator, flow.Flow.Responder)].AddOpen(server);
                State.Horizontal[new(flow.Flow.Originator, flow.Flow.ResponderPort)].AddOpen(server);
            }

            return;
        }

        outcomes[1]++;
        ScanEvidence ports = State.Vertical[new PairKey(flow.Flow.Originator, flow.Flow.Responder)];
        ports.AddPeer(new NumberKey(flow.Flow.ResponderPort));
        Note(ports, kind, flow);
        ScanEvidence hosts = State.Horizontal[new(flow.Flow.Originator, flow.Flow.ResponderPort)];
        hosts.AddPeer(new AddressKey(flow.Flow.Responder));
        Note(hosts, kind, flow);
    }

    private static void Note(ScanEvidence evidence, int kind, FlowEnded flow)
    {
        evidence[kind]++;
        evidence.AddFrame(flow.Frame);
        evidence.Add(flow.Time, flow.Time);
    }

    private static void ConcludeFlood(EndpointKey server, ServerUse use, Conclusions conclusions)
    {
        long incomplete = use[ServerUse.Unanswered] + use[ServerUse.HalfOpen];
        long attempts = incomplete + use[ServerUse.Refused] + use[ServerUse.Established];
        double seconds = Math.Max(1, use.Duration / (double)Timestamp.PerSecond);
        if (attempts < FloodAttempts || incomplete < FloodHalfOpen * attempts || attempts / seconds < FloodPerSecond)
        {
            return;
        }

        conclusions.Add(new Finding
        {
            Type = SynFlood,
            Subject = server.ToString(),
            Summary = $"{Units.Count(attempts)} attempts by {Units.Count(use.Peers, "host")}, {Units.Percent((double)incomplete / attempts)} never completed, {attempts / seconds:F0} per second",
            Destination = server.Address,
            Port = server.Port,
            Count = attempts,
            Confidence = 85,
            Measures = [new("attempts", attempts, FloodAttempts), new("incomplete", (double)incomplete / attempts, FloodHalfOpen), new("per_second", attempts / seconds, FloodPerSecond)],
            DisplayFilter = Filter.All.To(server.Address).ToPort(IpProtocol.Tcp, server.Port).And("tcp.flags.syn == 1 && tcp.flags.ack == 0"),
        }.WithEvidence(use.Frames).During(use));
    }
}
