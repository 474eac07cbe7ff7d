using System.Collections.Frozen;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Overview;

/// <summary>The traffic rows of the first screen; always runs.</summary>
public sealed class OverviewAnalyzer : Analyzer<OverviewState>, IFlowCounter
{
    private const int RowsShown = 6;

    /// <summary>Protocols that are recognised, and whose servers' software is told, but whose contents no module judges.</summary>
    internal static readonly FrozenSet<string> Unjudged = FrozenSet.Create(
        StringComparer.Ordinal, "ftp", "imap", "irc", "mysql", "pop3", "postgresql", "rdp", "redis", "rtsp", "sip", "smtp", "ssh", "telnet", "vnc", "websocket",
        "xmpp", UnknownTcp, UnknownUdp);

    private const string UnknownTcp = "unknown (tcp)";
    private const string UnknownUdp = "unknown (udp)";

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new("overview", "", "Overview", "What the capture is.", 1, []);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus) => bus.SubscribeCounts(this);

    /// <inheritdoc/>
    public void Count(in FlowCounts flow)
    {
        Counters counters = State.Services[new TextKey(NameOf(flow))];
        counters[OverviewState.Flows]++;
        counters[OverviewState.Bytes] += flow.IpBytes;
    }

    /// <inheritdoc/>
    public override void Conclude(OverviewState state, Conclusions conclusions)
    {
        long total = state.Services.Entries.Sum(s => s.Value[OverviewState.Bytes]);
        List<TrafficRow> rows =
        [
            .. state.Services.Entries
            .Select(s => new TrafficRow(s.Key.Text, s.Value[OverviewState.Flows], s.Value[OverviewState.Bytes], total == 0 ? 0 : (double)s.Value[OverviewState.Bytes] / total))
            .OrderByDescending(r => r.Bytes)
            .ThenBy(r => r.Protocol, StringComparer.Ordinal),
        ];
        int shown = conclusions.ProtocolRows ?? RowsShown;
        conclusions.Overview.Traffic.AddRange(rows.Take(shown));
        conclusions.Overview.MoreTraffic = Math.Max(0, rows.Count - shown);
        conclusions.Overview.Unjudged.AddRange(rows.Where(r => Unjudged.Contains(r.Protocol)));
    }

    // What a flow spoke last; a TCP connection that was never established has no protocol.
    private static string NameOf(in FlowCounts flow) => flow.Service ?? flow.Protocol switch
    {
        IpProtocol.Icmp => "icmp",
        IpProtocol.IcmpV6 => "icmpv6",
        IpProtocol.Sctp => "sctp",
        IpProtocol.Tcp when !flow.WasProbed => "tcp",
        IpProtocol.Udp when !flow.WasProbed => "udp",
        IpProtocol.Tcp when flow.PayloadBytes == 0 => "tcp without data",
        IpProtocol.Tcp => UnknownTcp,
        _ => UnknownUdp,
    };
}
