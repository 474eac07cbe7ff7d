using Pcapper.Engine;
using Pcapper.Modules.Protocols.Icmp;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary><c>--icmp</c>: types, echo sessions, sweeps, tunnels, floods, redirects, router advertisements, closed ports, traceroutes.</summary>
public sealed class IcmpAnalyzer : Analyzer<IcmpState>, IRecordConsumer<IcmpMessage>
{
    private const byte HighPreference = 0x08;
    private const byte PreferenceMask = 0x18;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "icmp", "--icmp", "ICMP", "ICMP types, echo sessions, sweeps, tunnels, floods, redirects, closed ports", 1,
        [
            EchoFindings.Tunnel, EchoFindings.Sweep, EchoFindings.Flood, EchoFindings.Smurf,
            RouterFindings.Redirect, RouterFindings.Routers, RouterFindings.RouterFlood, RouterFindings.Traceroute,
        ]);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus) => bus.Subscribe(this);

    /// <inheritdoc/>
    public void Consume(IcmpMessage record)
    {
        State.Types[IcmpState.TypeKey(record.IsV6, record.Type, record.Code)].Add(record.Frame);
        State.Bytes.Add(record.PayloadLength);
        if (record.IsEchoRequest || record.IsEchoReply)
        {
            AddEcho(record);
        }

        if (record.Receiver.IsHost && (record.IsEchoRequest || record.IsEchoReply || record.Quoted is not null))
        {
            AddTarget(record);
        }

        AddRouter(record);
        if (record.Quoted is { } quoted)
        {
            AddQuoted(record, quoted);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(IcmpState state, Conclusions conclusions)
    {
        IcmpTables.Write(state, conclusions.Section);
        EchoFindings.Conclude(state, conclusions);
        RouterFindings.Conclude(state, conclusions);
    }

    private void AddEcho(IcmpMessage record)
    {
        bool isReply = record.IsEchoReply;
        PairKey pair = isReply ? new PairKey(record.Receiver, record.Sender) : new PairKey(record.Sender, record.Receiver);
        EchoSession session = State.Sessions[new(pair, (long)record.EchoId)];
        session.Totals[isReply ? EchoSession.Replies : EchoSession.Requests]++;
        session.Totals[isReply ? EchoSession.ReplyBytes : EchoSession.RequestBytes] += record.PayloadLength;
        session.Totals[EchoSession.Marked] += HasPtunnelMark(record.PayloadStart.Span) ? 1 : 0;
        session.Events.Add(new EchoEvent(record.Time, record.Frame, isReply, record.EchoSequence, record.PayloadHash, record.PayloadLength));
        session.Shortest.Add(record.PayloadLength, record.Frame);
        session.Longest.Add(record.PayloadLength, record.Frame);
        session.Extent.Add(record.Time, record.Frame);
        if (isReply)
        {
            return;
        }

        EchoTargets targets = IsBroadcast(record.Receiver) ? State.Broadcasts[pair] : State.Pingers[record.Sender];
        targets.Frames.Add(record.Frame);
        targets.Hosts.Add(new AddressKey(record.Receiver));
        targets.Extent.Add(record.Time, record.Frame);
    }

    private void AddTarget(IcmpMessage record)
    {
        IcmpTarget target = State.Targets[record.Receiver];
        target.Frames.Add(record.Frame);
        target.Bytes.Add(record.PayloadLength);
        target.Senders.Add(new AddressKey(record.Sender));
        target.Rate.Add(record.Time);
        target.Extent.Add(record.Time, record.Frame);
    }

    private void AddRouter(IcmpMessage record)
    {
        RouterEvidence router;
        switch (record.IsV6, record.Type)
        {
            case (false, 5) when record.Gateway is { } gateway:
                router = State.Redirects[new PairKey(record.Sender, gateway)];
                break;
            case (true, 137) when record.PayloadStart.Length >= 16:
                // RFC 4861, 4.5: the better first hop, then the destination.
                router = State.Redirects[new PairKey(record.Sender, IpAddress.FromBytes(record.PayloadStart.Span[..16]))];
                break;
            case (true, 134):
                // RFC 4861, 4.2, with RFC 4191: hop limit, flags with preference, lifetime.
                router = State.Routers[new((long)record.Vlan, record.Sender)];
                router.ShortestLifetime.Add(record.EchoSequence, record.Frame);
                router.LongestLifetime.Add(record.EchoSequence, record.Frame);
                router.HighPreference.Add((record.EchoId & PreferenceMask) == HighPreference ? 1 : 0);
                break;
            case (false, 9):
                // RFC 1256, 3: number of addresses and their size, lifetime.
                router = State.Routers[new((long)record.Vlan, record.Sender)];
                router.ShortestLifetime.Add(record.EchoSequence, record.Frame);
                router.LongestLifetime.Add(record.EchoSequence, record.Frame);
                break;
            default:
                return;
        }

        router.Frames.Add(record.Frame);
        router.Receivers.Add(record.Receiver);
        router.Extent.Add(record.Time, record.Frame);
    }

    private void AddQuoted(IcmpMessage record, in FlowKey quoted)
    {
        bool isPortUnreachable = record.IsV6 ? record is { Type: 1, Code: 4 } : record is { Type: 3, Code: 3 };
        if (isPortUnreachable && quoted.Protocol is IpProtocol.Udp or IpProtocol.Tcp)
        {
            State.ClosedPorts[new EndpointKey(quoted.Responder, quoted.ResponderPort, quoted.Protocol)].Add(record.Frame);
        }

        if (record.Type == (record.IsV6 ? 3 : 11) && record.Code == 0)
        {
            TraceEvidence trace = State.Traces[new PairKey(quoted.Originator, quoted.Responder)];
            trace.Frames.Add(record.Frame);
            trace.Routers.Add(record.Sender);
            trace.Extent.Add(record.Time, record.Frame);
        }
    }

    // Subnets are not known; their broadcast addresses nearly always end in 255.
    private static bool IsBroadcast(IpAddress address)
        => address.Class == AddressClass.Broadcast || (address.IsIPv4 && (address.IPv4 & 0xFF) == 0xFF && address.Class != AddressClass.Multicast);

    // The magic number 0xD5200880 of ptunnel's header (ptunnel.h, kPing_tunnel_magic).
    private static bool HasPtunnelMark(ReadOnlySpan<byte> payload) => payload is [0xD5, 0x20, 0x08, 0x80, ..];
}
