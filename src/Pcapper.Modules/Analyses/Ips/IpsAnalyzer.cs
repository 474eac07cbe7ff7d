using Pcapper.Engine;
using Pcapper.Modules.Protocols.Arp;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ips;

/// <summary><c>--ips</c>: hosts with names, link addresses and roles, and who talked to whom.</summary>
public sealed class IpsAnalyzer : Analyzer<IpsState>, IRecordConsumer<FlowEnded>, IRecordConsumer<NameSeen>, IRecordConsumer<ArpMessage>
{
    private const ushort DhcpServer = 67;
    private const ushort DhcpClient = 68;
    private const ushort Ntp = 123;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new("ips", "--ips", "Hosts", "hosts, names, roles, conversations", 1, []);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<NameSeen>(this);
        bus.Subscribe<ArpMessage>(this);
        bus.RequireServices();
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        FlowId flow = record.Flow;
        HostUse originator = State.Hosts[flow.Originator];
        HostUse responder = State.Hosts[flow.Responder];
        Add(originator, record.ToResponder, record.ToOriginator, record, flow.Responder);
        Add(responder, record.ToOriginator, record.ToResponder, record, flow.Originator);
        if (IsAnswered(record))
        {
            originator.Totals[HostUse.Opened]++;
            responder.Totals[HostUse.Answered]++;
            if (record.Services.Count > 0 && record.ToOriginator.PayloadBytes > 0)
            {
                Serve(responder, record);
            }
        }
        else if (flow.Responder.IsHost && flow.Key.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp)
        {
            originator.Totals[HostUse.Failed]++;
        }

        NoteDhcp(originator, responder, record);
        NoteMacs(record);
        AddPair(record);
    }

    /// <inheritdoc/>
    public void Consume(NameSeen record)
    {
        if (record.Address.IsHost && record.Name.Length > 0)
        {
            State.Names[record.Address].Names[new((long)record.Source, record.Name)].Add();
        }
    }

    /// <inheritdoc/>
    public void Consume(ArpMessage record)
    {
        if (record.Sender.IsHost && !record.SenderMac.IsMulticast && record.SenderMac.Value != 0)
        {
            State.Claimed.Add(new(record.SenderMac, record.Sender));
        }
    }

    /// <inheritdoc/>
    public override void Conclude(IpsState state, Conclusions conclusions) => IpsTables.Write(state, conclusions.Section);

    private static bool IsAnswered(FlowEnded record) => record.Flow.Key.Protocol == IpProtocol.Tcp
        ? (record.ResponderFlags & TcpFlags.Syn) != 0 || record.ToOriginator.PayloadBytes > 0 || (record.Answered && (record.ResponderFlags & TcpFlags.Rst) == 0)
        : record.Answered;

    // One text for all pairs: there may be very many.
    private static string TransportName(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => "tcp",
        IpProtocol.Udp => "udp",
        IpProtocol.Icmp or IpProtocol.IcmpV6 => "icmp",
        IpProtocol.Sctp => "sctp",
        _ => protocol.ToString().ToLowerInvariant(),
    };

    private static void Add(HostUse host, DirectionTotals sent, DirectionTotals received, FlowEnded record, IpAddress peer)
    {
        host.Totals[HostUse.PacketsSent] += sent.Packets;
        host.Totals[HostUse.PacketsReceived] += received.Packets;
        host.Totals[HostUse.BytesSent] += sent.IpBytes;
        host.Totals[HostUse.BytesReceived] += received.IpBytes;
        host.Peers.Add(new AddressKey(peer));
        host.Extent.Add(record.Time, record.Frame, record.Last, record.LastFrame);
    }

    private static void Serve(HostUse responder, FlowEnded record)
    {
        foreach (string service in record.Services)
        {
            responder.Served.Add(service);
        }

        if (record.Services[0] == "dns" && record.Flow.ResponderPort == 53)
        {
            responder.Roles.Add((int)HostRole.DnsServer);
        }
    }

    private static void NoteDhcp(HostUse originator, HostUse responder, FlowEnded record)
    {
        if (record.Flow.Key.Protocol != IpProtocol.Udp)
        {
            return;
        }

        // A server answers from its port to the client's, often as a broadcast, so that it looks like a flow of its own.
        (ushort from, ushort to) = (record.Flow.OriginatorPort, record.Flow.ResponderPort);
        if (from == DhcpServer && to == DhcpClient)
        {
            originator.Roles.Add((int)HostRole.DhcpServer);
        }
        else if (from == DhcpClient && to == DhcpServer && record.ToOriginator.PayloadBytes > 0)
        {
            responder.Roles.Add((int)HostRole.DhcpServer);
        }
        else if (to == Ntp && record.ToOriginator.PayloadBytes > 0)
        {
            responder.Roles.Add((int)HostRole.TimeServer);
        }
    }

    private void NoteMacs(FlowEnded record)
    {
        if (record.Flow.Key.Tunnel.Kind != TunnelKind.None)
        {
            return;   // the link address is the tunnel's end's
        }

        if (record.OriginatorMac is { IsMulticast: false, Value: not 0 } from && record.Flow.Originator.IsHost)
        {
            State.Carried.Add(new(from, record.Flow.Originator));
        }

        if (record.ResponderMac is { IsMulticast: false, Value: not 0 } to && record.Flow.Responder.IsHost)
        {
            State.Carried.Add(new(to, record.Flow.Responder));
        }
    }

    private void AddPair(FlowEnded record)
    {
        FlowId flow = record.Flow;
        bool isFirst = flow.Originator.CompareTo(flow.Responder) <= 0;
        PairUse pair = State.Pairs[isFirst ? new PairKey(flow.Originator, flow.Responder) : new PairKey(flow.Responder, flow.Originator)];
        pair.Totals[PairUse.Flows]++;
        pair.Totals[PairUse.OpenedByFirst] += isFirst ? 1 : 0;
        pair.Totals[isFirst ? PairUse.BytesFromFirst : PairUse.BytesFromSecond] += record.ToResponder.IpBytes;
        pair.Totals[isFirst ? PairUse.BytesFromSecond : PairUse.BytesFromFirst] += record.ToOriginator.IpBytes;
        pair.Totals[PairUse.Packets] += record.ToResponder.Packets + record.ToOriginator.Packets;
        pair.Extent.Add(record.Time, record.Frame, record.Last, record.LastFrame);
        pair.Spoken.Add(record.Services.Count > 0 ? string.Join('/', record.Services) : TransportName(flow.Key.Protocol));
    }
}
