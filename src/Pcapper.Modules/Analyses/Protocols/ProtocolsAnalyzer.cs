using Pcapper.Engine;
using Pcapper.Modules.Analyses.Ips;
using Pcapper.Modules.Protocols.Arp;
using Pcapper.Modules.Protocols.Ftp;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary><c>--protocols</c>: what was spoken, by content; protocols where they do not belong; broken rules; ARP conflicts.</summary>
public sealed class ProtocolsAnalyzer
    : Analyzer<ProtocolsState>, IPacketConsumer, IRecordConsumer<FlowEnded>, IRecordConsumer<AnomalySeen>, IRecordConsumer<ArpMessage>, IRecordConsumer<FtpTransaction>
{
    private UInt128 _lastPath;
    private Counters? _lastCounters;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "protocols", "--protocols", "Protocols", "protocols by content, odd ports, anomalies, ARP conflicts", 2,
        [PortFindings.PlaintextOnTlsPort, PortFindings.RemoteAccess, ArpFindings.Spoofing, ArpFindings.Conflict, ArpScanFindings.Scan, StreamFindings.Overlap, BounceFindings.Bounce],
        typeof(IpsState));

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.SubscribePackets(this);
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<AnomalySeen>(this);
        bus.Subscribe<ArpMessage>(this);
        bus.Subscribe<FtpTransaction>(this);
        bus.RequireServices();
    }

    /// <inheritdoc/>
    public void Consume(in Packet packet, Flow? flow)
    {
        // Packets of one path come in runs.
        if (_lastCounters is null || packet.Path != _lastPath)
        {
            _lastPath = packet.Path;
            _lastCounters = State.Paths[new PathKey(packet.Path)];
        }

        _lastCounters[ProtocolsState.PathPackets]++;
        _lastCounters[ProtocolsState.PathBytes] += packet.Frame.OriginalLength;
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        bool hasData = record.ToResponder.PayloadBytes + record.ToOriginator.PayloadBytes > 0;
        if (record.Services.Count > 0)
        {
            Counters counters = State.Services[new(new PathKey(record.Path), new TextKey(string.Join('/', record.Services)))];
            counters[ProtocolsState.Flows]++;
            counters[ProtocolsState.Packets] += record.ToResponder.Packets + record.ToOriginator.Packets;
            counters[ProtocolsState.Bytes] += record.ToResponder.IpBytes + record.ToOriginator.IpBytes;
        }

        if (hasData && PortFindings.IsOdd(record, out string spoken))
        {
            PortUse use = State.Ports[new(new TextKey(spoken), record.Flow.ResponderPort)];
            use.Frames.Add(record.Frame);
            use.Originators.Add(record.Flow.Originator);
            use.Responders.Add(record.Flow.Responder);
            use.Bytes.Add(record.ToResponder.PayloadBytes + record.ToOriginator.PayloadBytes);
            use.Extent.Add(record.Time, record.Frame, record.Last, record.LastFrame);
        }
    }

    /// <inheritdoc/>
    public void Consume(AnomalySeen record) => State.Anomalies[new(new TextKey(record.Protocol), new TextKey(record.Rule))].Add(record.Frame);

    /// <inheritdoc/>
    public void Consume(ArpMessage record)
    {
        if (record.Sender.IsHost)
        {
            ArpEvidence claim = State.ArpClaims[new ArpClaim(record.Vlan, record.Sender, record.SenderMac)];
            claim.Frames.Add(record.Frame);
            claim.Extent.Add(record.Time, record.Frame);
            if (record.IsReply)
            {
                claim.Replies.Add(record.Frame);
                claim.ToldTo.Add(record.Target);
            }

            if (record.IsGratuitous)
            {
                claim.Gratuitous.Add();
            }
        }

        if (!record.IsReply && !record.IsGratuitous)
        {
            State.ArpAsked[record.Target].Add();
            ArpTargets asked = State.ArpRequests[record.SenderMac];
            asked.Frames.Add(record.Frame);
            asked.Targets.Add(record.Target);
            asked.Senders.Add(record.Sender);
            asked.Extent.Add(record.Time, record.Frame);
        }
    }

    /// <inheritdoc/>
    public void Consume(FtpTransaction record)
    {
        if (BounceFindings.IsBounce(record))
        {
            Bounces bounces = State.Bounces[new(new PairKey(record.Flow.Originator, record.Flow.Responder), new EndpointKey(record.Channel!.Address, record.Channel.Port, IpProtocol.Tcp))];
            bounces.Frames.Add(record.Frame);
            bounces.When.Add(record.Time, record.Frame);
            bounces.Accepted.Add(record.Code is >= 200 and < 300 ? 1 : 0);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(ProtocolsState state, Conclusions conclusions)
    {
        ProtocolTables.Write(state, conclusions.Section, conclusions.ProtocolRows);
        PortFindings.Conclude(state, conclusions);
        IpsState hosts = conclusions.Of<IpsState>();
        ArpFindings.Conclude(state, hosts, conclusions);
        ArpScanFindings.Conclude(state, hosts, conclusions);
        StreamFindings.Conclude(state, conclusions);
        BounceFindings.Conclude(state, conclusions);
        conclusions.Add(new Signal("anomalies", state.Anomalies.Entries.Sum(a => a.Value.Total), "--protocols"));
    }
}
