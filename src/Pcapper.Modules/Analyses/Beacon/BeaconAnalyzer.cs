using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary><c>--beacon</c>: clients that turn to a destination in a regular rhythm, by connections, requests, messages inside connections and names looked up.</summary>
public sealed class BeaconAnalyzer : Analyzer<BeaconState>, IRecordConsumer<FlowEnded>, IRecordConsumer<HttpTransaction>, IRecordConsumer<DnsTransaction>, IPacketConsumer
{
    private const ushort DnsPort = 53;

    private readonly FlowBursts _bursts = new();

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "beacon", "--beacon", "Beacons", "clients that call one destination in a regular rhythm: period, jitter, missed beats, RITA's score", 1, BeaconFindings.Types);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<HttpTransaction>(this);
        bus.Subscribe<DnsTransaction>(this);
        bus.SubscribePackets(this);
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        FlowKey flow = record.Flow.Key;
        if (!IsWanted(flow) || record.ToResponder.Packets == 0)
        {
            return;
        }

        var server = new EndpointKey(flow.Responder, flow.ResponderPort, flow.Protocol);
        var beat = Beat.At(record.Time, record.Frame, record.ToResponder.PayloadBytes, isInside: false);
        State.Servers[new(flow.Originator, server)].Add(beat);
        if (Name(record.ServerName) is { } name)
        {
            Add(flow.Originator, name, server, beat);
        }
    }

    /// <inheritdoc/>
    public void Consume(HttpTransaction record)
    {
        if (record.Request is not { } request || Name(record.Host) is not { } host || !record.Server.IsHost)
        {
            return;
        }

        var server = new EndpointKey(record.Server, record.ServerPort, record.Flow.Key.Protocol);
        NamedBeats beats = Add(record.Client, host, server, Beat.At(record.Time, record.Frame, request.Target.Length + request.BodyBytes, isInside: false));
        beats.AddRequest(request.BodyBytes > 0, HttpTools.Fetcher(request.Field("User-Agent")) is not null);
    }

    /// <inheritdoc/>
    public void Consume(DnsTransaction record)
    {
        if (record.Query is null || record.Kind != DnsKind.Dns || Name(record.Question?.Name) is not { } name)
        {
            return;
        }

        State.Queries[new(record.Client, name)].Add(Beat.At(record.Query.Time, record.Query.Frame, record.Query.Length, isInside: false));
    }

    /// <inheritdoc/>
    public void Consume(in Packet packet, Flow? flow)
    {
        if (flow is null || !_bursts.IsBurst(packet, flow))
        {
            return;
        }

        FlowKey key = flow.Id.Key;
        if (!IsWanted(key))
        {
            return;
        }

        var server = new EndpointKey(key.Responder, key.ResponderPort, key.Protocol);
        var beat = Beat.At(packet.Frame.Time, packet.Frame.Ref, packet.PayloadLength, isInside: true);
        State.Servers[new(key.Originator, server)].Add(beat);
        if (Name(flow.ServerName) is { } name)
        {
            Add(key.Originator, name, server, beat);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(BeaconState state, Conclusions conclusions)
    {
        BeaconReport report = BeaconFinder.Find(state, conclusions);
        BeaconFindings.Conclude(report, conclusions);
        BeaconSection.Write(report, state, conclusions.Section);
    }

    private static bool IsWanted(in FlowKey flow)
        => flow.Protocol is IpProtocol.Tcp or IpProtocol.Udp && flow.ResponderPort != DnsPort && flow.Responder.IsHost && flow.Originator.IsHost;

    private static string? Name(string? name) => name?.TrimEnd('.').ToLowerInvariant() is { Length: > 0 } clean ? clean : null;

    private NamedBeats Add(IpAddress client, string name, EndpointKey server, Beat beat)
    {
        NamedBeats beats = State.Names[new(client, name)];
        beats.Add(beat);
        beats.AddServer(server);
        return beats;
    }
}
