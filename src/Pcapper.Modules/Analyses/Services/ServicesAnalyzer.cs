using Pcapper.Engine;
using Pcapper.Modules.Analyses.Protocols;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Services;

/// <summary><c>--services</c>: what is really served where, by whom it is used, and by which software.</summary>
public sealed class ServicesAnalyzer
    : Analyzer<ServicesState>, IRecordConsumer<FlowEnded>, IRecordConsumer<SoftwareSeen>, IRecordConsumer<UnauthenticatedAccess>
{
    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "services", "--services", "Services", "what is served where, software and versions, exposure", 1,
        [ServicesFindings.ClearText, ServicesFindings.Exposed, ServicesFindings.EndOfLife, ServicesFindings.WithoutPassword]);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<SoftwareSeen>(this);
        bus.Subscribe<UnauthenticatedAccess>(this);
        bus.RequireServices();
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        bool isHalfOpen = IsHalfOpen(record);
        if (!isHalfOpen && !IsService(record))
        {
            return;
        }

        FlowId flow = record.Flow;
        var server = new EndpointKey(flow.Responder, flow.ResponderPort, flow.Key.Protocol);
        ServiceUse use = State.Servers[server];
        if (isHalfOpen)
        {
            use.AddHalfOpen();
            use.Add(record.Time, record.Last);
            return;
        }

        bool hasAnswer = record.ToOriginator.PayloadBytes > 0;
        bool hasData = hasAnswer || record.ToResponder.PayloadBytes > 0;
        use[ServiceUse.Flows]++;
        use[ServiceUse.BytesIn] += record.ToResponder.PayloadBytes;
        use[ServiceUse.BytesOut] += record.ToOriginator.PayloadBytes;
        use[ServiceUse.OpenOnly] += hasData ? 0 : 1;
        use[ServiceUse.Guessed] += record.IsGuessed ? 1 : 0;
        use.AddPeer(new AddressKey(flow.Originator));
        use.Add(record.Time, record.Last);
        if (record.Services.Count > 0)
        {
            use.Speaks(string.Join('/', record.Services));
            use[ServiceUse.Encrypted] += record.Services.Any(s => s is "tls" or "dtls" or "quic") ? 1 : 0;
        }
        else if (hasData)
        {
            use[ServiceUse.Unrecognised]++;
        }

        if (!hasAnswer)
        {
            return;
        }

        use[ServiceUse.Answered]++;
        use.AddFrame(record.Frame);
        if (flow.Originator.Class == AddressClass.Public && !record.IsGuessed)
        {
            PublicUse outside = State.Public[server];
            outside.Clients.Add(new AddressKey(flow.Originator));
            outside.Sample.Add(flow.Originator);
            outside.Frames.Add(record.Frame);
        }
    }

    /// <inheritdoc/>
    public void Consume(SoftwareSeen record)
    {
        if (record.Port == 0)
        {
            State.Clients[new(record.Host, record.Protocol, record.Banner)].Add(record.Frame);
        }
        else
        {
            State.Banners[new EndpointKey(record.Host, record.Port, record.Flow.Key.Protocol)][record.Banner].Add(record.Frame);
        }
    }

    /// <inheritdoc/>
    public void Consume(UnauthenticatedAccess record)
    {
        OpenDoor door = State.OpenDoors[new(new EndpointKey(record.Server, record.Port, record.Flow.Key.Protocol), record.How)];
        door.Clients.Add(record.Client);
        door.Protocol.Add(record.Protocol);
        door.Frames.Add(record.Frame);
        door.Extent.Add(record.Time, record.Frame);
    }

    /// <inheritdoc/>
    public override void Conclude(ServicesState state, Conclusions conclusions)
    {
        ServicesTables.Write(state, conclusions.Section);
        ServicesFindings.Conclude(state, conclusions);
    }

    // Scans leave it at that, and so do floods.
    private static bool IsHalfOpen(FlowEnded record)
        => record.Flow.Key.Protocol == IpProtocol.Tcp && record.ToOriginator.PayloadBytes == 0 && record.Flow.Responder.IsHost
            && (record.ResponderFlags & TcpFlags.Syn) != 0 && (record.OriginatorFlags & TcpFlags.Ack) == 0;

    /// <summary>Tells whether a flow proves that something is served: an attempt that was not answered, or refused, does not.</summary>
    internal static bool IsService(FlowEnded record)
    {
        FlowId flow = record.Flow;
        bool hasAnswer = record.ToOriginator.PayloadBytes > 0;
        bool isServed = flow.Key.Protocol switch
        {
            IpProtocol.Tcp => hasAnswer || ((record.ResponderFlags & TcpFlags.Syn) != 0 && (record.OriginatorFlags & TcpFlags.Ack) != 0),
            IpProtocol.Udp or IpProtocol.Sctp => hasAnswer,
            _ => false,
        };

        // Where it was guessed who opened the flow, and nothing tells what it is, there may be a client's port.
        return isServed && flow.Responder.IsHost
            && (!record.IsGuessed || record.Services.Count > 0 || ServicePorts.Usual(flow.ResponderPort) is not null || flow.ResponderPort < 1024);
    }
}
