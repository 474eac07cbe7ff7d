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
        Add(originator, record.ToResponder, record.ToOriginator, record);
        Add(responder, record.ToOriginator, record.ToResponder, record);
        if (IsAnswered(record))
        {
            originator[HostUse.Opened]++;
            responder[HostUse.Answered]++;
            if (record.Services.Count > 0 && record.ToOriginator.PayloadBytes > 0)
            {
                Serve(responder, record);
            }
        }
        else if (flow.Responder.IsHost && flow.Key.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp)
        {
            originator[HostUse.Failed]++;
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
    public override void Conclude(IpsState state, Conclusions conclusions) => IpsTables.Write(state, conclusions.Addresses, conclusions.Section);

    private static bool IsAnswered(FlowEnded record) => record.Flow.Key.Protocol == IpProtocol.Tcp
        ? (record.ResponderFlags & TcpFlags.Syn) != 0 || record.ToOriginator.PayloadBytes > 0 || (record.Answered && (record.ResponderFlags & TcpFlags.Rst) == 0)
        : record.Answered;

    private static string Joined(IReadOnlyList<string> services) => services.Count == 1 ? services[0] : string.Join('/', services);

    // One text for all pairs: there may be very many.
    private static string TransportName(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => "tcp",
        IpProtocol.Udp => "udp",
        IpProtocol.Icmp or IpProtocol.IcmpV6 => "icmp",
        IpProtocol.Sctp => "sctp",
        _ => protocol.ToString().ToLowerInvariant(),
    };

    private static void Add(HostUse host, DirectionTotals sent, DirectionTotals received, FlowEnded record)
    {
        host[HostUse.PacketsSent] += sent.Packets;
        host[HostUse.PacketsReceived] += received.Packets;
        host[HostUse.BytesSent] += sent.IpBytes;
        host[HostUse.BytesReceived] += received.IpBytes;
        host.Add(record.Time, record.Last);
    }

    private static void Serve(HostUse responder, FlowEnded record)
    {
        foreach (string service in record.Services)
        {
            responder.Serves(service);
        }

        if (record.Services[0] == "dns" && record.Flow.ResponderPort == 53)
        {
            responder.Has(HostRole.DnsServer);
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
            originator.Has(HostRole.DhcpServer);
        }
        else if (from == DhcpClient && to == DhcpServer && record.ToOriginator.PayloadBytes > 0)
        {
            responder.Has(HostRole.DhcpServer);
        }
        else if (to == Ntp && record.ToOriginator.PayloadBytes > 0)
        {
            responder.Has(HostRole.TimeServer);
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
        pair[PairUse.Flows]++;
        pair[PairUse.OpenedByFirst] += isFirst ? 1 : 0;
        pair[isFirst ? PairUse.BytesFromFirst : PairUse.BytesFromSecond] += record.ToResponder.IpBytes;
        pair[isFirst ? PairUse.BytesFromSecond : PairUse.BytesFromFirst] += record.ToOriginator.IpBytes;
        pair[PairUse.Packets] += record.ToResponder.Packets + record.ToOriginator.Packets;
        pair.Add(record.Time, record.Last);
        pair.Speaks(record.Services.Count > 0 ? Joined(record.Services) : TransportName(flow.Key.Protocol));
    }
}
