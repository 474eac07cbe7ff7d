using System.Runtime.CompilerServices;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Certificates;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Modules.Protocols.Icmp;
using Pcapper.Modules.Protocols.Smb;
using Pcapper.Modules.Protocols.Snmp;
using Pcapper.Modules.Protocols.Tls;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Health;

/// <summary><c>--health</c>: how well networks and servers work, and how good the capture is.</summary>
public sealed class HealthAnalyzer : Analyzer<HealthState>, IPacketConsumer, IRecordConsumer<FlowEnded>, IRecordConsumer<SegmentSeen>, IRecordConsumer<IcmpMessage>,
    IRecordConsumer<DnsTransaction>, IRecordConsumer<HttpTransaction>, IRecordConsumer<TlsConnection>, IRecordConsumer<SmbResponse>, IRecordConsumer<SnmpMessage>
{
    private const int Remembered = 1024;

    // Packets come in runs of few hosts: what was looked up last is at hand. A part that its map dropped stays dropped, so it may stay here.
    private readonly (IpAddress Address, HostFacts? Facts)[] _recent = new (IpAddress, HostFacts?)[Remembered];

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "health", "--health", "Health", "TCP analysis, round trips, response times, TTL, DSCP, fragments, SNMP, capture quality", 1, HealthFindings.All, typeof(CertificatesState));

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.SubscribePackets(this);
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<SegmentSeen>(this);
        bus.Subscribe<IcmpMessage>(this);
        bus.Subscribe<DnsTransaction>(this);
        bus.Subscribe<HttpTransaction>(this);
        bus.Subscribe<TlsConnection>(this);
        bus.Subscribe<SmbResponse>(this);
        bus.Subscribe<SnmpMessage>(this);
    }

    /// <inheritdoc/>
    public void Consume(in Packet packet, Flow? flow)
    {
        if (!packet.HasIp)
        {
            return;
        }

        HostFacts host = Host(packet.Source);
        host.Add(packet);
        State.CodePoints[packet.TrafficClass >> 2]++;
        State.Congestion[packet.TrafficClass & 3]++;
        if (packet.Protocol == IpProtocol.Tcp && (packet.Flags & TcpFlags.Syn) != 0 && TcpOptions.Read(packet.Options).MaximumSegmentSize is { } size)
        {
            host.AddSegmentSize(size);
        }
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        if (record.Flow.Key.Protocol != IpProtocol.Tcp)
        {
            return;
        }

        PathFacts there = Add(new PairKey(record.Flow.Originator, record.Flow.Responder), record.ToResponder);
        if (record.SynToSynAck is long time)
        {
            there.Handshakes.Add(time);
        }

        if (record.Answered)
        {
            Add(new PairKey(record.Flow.Responder, record.Flow.Originator), record.ToOriginator);
        }
    }

    /// <inheritdoc/>
    public void Consume(SegmentSeen record)
    {
        IpAddress sender = record.Flow.Sender(record.Direction);
        IpAddress receiver = record.Flow.Receiver(record.Direction);
        if (record.Notes != SegmentNotes.None)
        {
            State.Paths[new PairKey(sender, receiver)].Add(record);
        }

        if (record.AckTime is long time)
        {
            State.Paths[new PairKey(receiver, sender)].AckTimes.Add(time);
        }
    }

    /// <inheritdoc/>
    public void Consume(IcmpMessage record)
    {
        if (record.Quoted is not { } quoted)
        {
            return;
        }

        var path = new PairKey(quoted.Originator, quoted.Responder);
        if (record.IsV6 ? record.Type == 2 : record is { Type: 3, Code: 4 })
        {
            // RFC 1191, 4: the last 16 bits of the second word; RFC 4443, 3.2: all 32.
            PathMtuFacts facts = State.TooBig[path];
            facts.Frames.Add(record.Frame);
            facts.Mtu.Add(record.IsV6 ? ((long)record.EchoId << 16) | record.EchoSequence : record.EchoSequence, record.Frame);
            facts.Routers.Add(record.Sender);
        }
        else if (record.Type == (record.IsV6 ? 3 : 11) && record.Code == 0)
        {
            ExpiredFacts facts = State.Expired[path];
            facts.Frames.Add(record.Frame);
            facts.Extent.Add(record.Time, record.Frame);
            facts.Routers.Add(record.Sender);
        }
    }

    /// <inheritdoc/>
    public void Consume(DnsTransaction record)
    {
        if (record.Kind == DnsKind.Dns && record.Query is not null)
        {
            ushort port = record.Server == record.Flow.Responder ? record.Flow.ResponderPort : record.Flow.OriginatorPort;
            Answer(new EndpointKey(record.Server, port, record.Flow.Key.Protocol), "dns", record.ResponseTime, record.Response?.Frame ?? record.Frame, record.Time);
        }
    }

    /// <inheritdoc/>
    public void Consume(HttpTransaction record)
    {
        if (record.Request is not null)
        {
            Answer(new EndpointKey(record.Server, record.ServerPort, record.Flow.Key.Protocol), "http", record.ResponseTime, record.Response?.Frame ?? record.Frame, record.Time);
        }
    }

    /// <inheritdoc/>
    public void Consume(TlsConnection record)
    {
        if (record.ClientFrame is not null)
        {
            bool isUsual = record.ClientDirection == Direction.ToResponder;
            var server = new EndpointKey(record.Flow.Receiver(record.ClientDirection), isUsual ? record.Flow.ResponderPort : record.Flow.OriginatorPort, record.Flow.Key.Protocol);
            Answer(server, "tls", record.HelloTime, record.ServerFrame ?? record.Frame, record.Time);
        }
    }

    /// <inheritdoc/>
    public void Consume(SmbResponse record)
    {
        bool isUsual = record.Direction == Direction.ToOriginator;
        var server = new EndpointKey(record.Flow.Sender(record.Direction), isUsual ? record.Flow.ResponderPort : record.Flow.OriginatorPort, record.Flow.Key.Protocol);
        Answer(server, "smb", record.ResponseTime, record.Frame, record.Time);
    }

    /// <inheritdoc/>
    public void Consume(SnmpMessage record)
    {
        // A response comes from the agent; everything else is asked of it, or (traps) told by it.
        bool isFromAgent = record.Pdu is SnmpReader.Response or SnmpReader.TrapV1 or SnmpReader.TrapV2;
        PairKey pair = isFromAgent ? new PairKey(record.Receiver, record.Sender) : new PairKey(record.Sender, record.Receiver);
        SnmpFacts facts = State.Snmp[new SnmpKey(pair, (byte)record.Version)];
        facts.Frames.Add(record.Frame);
        facts.Encrypted.Add(record.IsEncrypted ? 1 : 0);
        facts.Errors.Add(record.ErrorStatus is > 0 ? 1 : 0);
        facts.Names.Add(record.Community?.Reveal() ?? record.User);
        if (record.Pdu is { } pdu)
        {
            facts.Pdus[pdu]++;
        }

        foreach (string name in record.Objects)
        {
            facts.Objects.Add(name);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(HealthState state, Conclusions conclusions)
    {
        HealthSection.Write(state, conclusions);
        HealthFindings.Conclude(state, conclusions);
    }

    private PathFacts Add(PairKey path, DirectionTotals totals)
    {
        PathFacts facts = State.Paths[path];
        facts.Totals[PathFacts.Segments] += totals.Packets;
        facts.Totals[PathFacts.Bytes] += totals.PayloadBytes;
        facts.Totals[PathFacts.Missing] += totals.MissedBytes;
        return facts;
    }

    private void Answer(EndpointKey server, string protocol, long? time, FrameRef frame, Timestamp when)
    {
        ResponseFacts facts = State.Services[new(server, protocol)];
        if (time is long nanoseconds)
        {
            facts.Add(nanoseconds, frame, when);
        }
        else
        {
            facts.Unanswered.Add(1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HostFacts Host(in IpAddress address)
    {
        ref (IpAddress Address, HostFacts? Facts) recent = ref _recent[(int)(address.Low ^ (address.Low >> 10)) & (Remembered - 1)];
        if (recent.Facts is { } known && recent.Address == address)
        {
            return known;
        }

        HostFacts facts = State.Hosts[address];
        recent = (address, facts);
        return facts;
    }
}
