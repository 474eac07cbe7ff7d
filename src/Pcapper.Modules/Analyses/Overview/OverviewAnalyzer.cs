using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Overview;

/// <summary>The traffic rows of the first screen; always runs.</summary>
public sealed class OverviewAnalyzer : Analyzer<OverviewState>, IRecordConsumer<FlowEnded>
{
    private const int RowsShown = 6;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new("overview", "", "Overview", "What the capture is.", 1, []);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus) => bus.Subscribe<FlowEnded>(this);

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        Counters counters = State.Services[new TextKey(NameOf(record))];
        counters[OverviewState.Flows]++;
        counters[OverviewState.Bytes] += record.ToResponder.IpBytes + record.ToOriginator.IpBytes;
    }

    /// <inheritdoc/>
    public override void Conclude(OverviewState state, Conclusions conclusions)
    {
        long total = state.Services.Entries.Sum(s => s.Value[OverviewState.Bytes]);
        IEnumerable<TrafficRow> rows = state.Services.Entries
            .Select(s => new TrafficRow(s.Key.Text, s.Value[OverviewState.Flows], s.Value[OverviewState.Bytes], total == 0 ? 0 : (double)s.Value[OverviewState.Bytes] / total))
            .OrderByDescending(r => r.Bytes)
            .ThenBy(r => r.Protocol, StringComparer.Ordinal);
        conclusions.Overview.Traffic.AddRange(rows.Take(RowsShown));
        conclusions.Overview.MoreTraffic = Math.Max(0, state.Services.Count - RowsShown);
    }

    // What a flow spoke last; a TCP connection that was never established has no protocol.
    private static string NameOf(FlowEnded flow) => flow.Services.Count > 0 ? flow.Services[^1] : flow.Flow.Key.Protocol switch
    {
        IpProtocol.Icmp => "icmp",
        IpProtocol.IcmpV6 => "icmpv6",
        IpProtocol.Sctp => "sctp",
        IpProtocol.Tcp when !flow.WasProbed => "tcp",
        IpProtocol.Udp when !flow.WasProbed => "udp",
        IpProtocol.Tcp when flow.ToResponder.PayloadBytes + flow.ToOriginator.PayloadBytes == 0 => "tcp without data",
        IpProtocol.Tcp => "unknown (tcp)",
        _ => "unknown (udp)",
    };
}
