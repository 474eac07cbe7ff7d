using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Flows;

/// <summary>conn.log with Zeek's fields; ICMP flows have the message type and code in place of ports.</summary>
public static class ConnLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<FlowEnded>.ForFlow(
        "conn",
        new("proto", "enum", f => LogValue.Enum(Protocol(f.Flow.Key.Protocol))),
        new("service", "string", f => f.Services.Count == 0 ? LogValue.Unset : LogValue.Text(string.Join(',', f.Services.Select(Service)))),
        new("duration", "interval", f => LogValue.Interval(f.Duration)),
        new("orig_bytes", "count", f => LogValue.Count(f.ToResponder.PayloadBytes)),
        new("resp_bytes", "count", f => LogValue.Count(f.ToOriginator.PayloadBytes)),
        new("conn_state", "string", f => f.State.ToString()),
        new("local_orig", "bool", f => f.Flow.Originator.IsInternal),
        new("local_resp", "bool", f => f.Flow.Responder.IsInternal),
        new("missed_bytes", "count", f => LogValue.Count(f.ToResponder.MissedBytes + f.ToOriginator.MissedBytes)),
        new("history", "string", f => f.History.Length == 0 ? LogValue.Unset : LogValue.Text(f.History)),
        new("orig_pkts", "count", f => LogValue.Count(f.ToResponder.Packets)),
        new("orig_ip_bytes", "count", f => LogValue.Count(f.ToResponder.IpBytes)),
        new("resp_pkts", "count", f => LogValue.Count(f.ToOriginator.Packets)),
        new("resp_ip_bytes", "count", f => LogValue.Count(f.ToOriginator.IpBytes)),
        new("ip_proto", "count", f => LogValue.Count((long)f.Flow.Key.Protocol)),
        new("community_id", "string", f => f.Flow.Key.CommunityId),
        new("vlan", "int", f => f.Vlans.Count > 0 ? LogValue.Int(f.Vlans.Id(0)) : LogValue.Unset),
        new("inner_vlan", "int", f => f.Vlans.Count > 1 ? LogValue.Int(f.Vlans.Id(1)) : LogValue.Unset),
        new("orig_l2_addr", "string", f => f.OriginatorMac?.ToString()),
        new("resp_l2_addr", "string", f => f.ResponderMac?.ToString())).OfAddresses(book =>
        [
            .. book.KnowsPlaces ? Places(book) : [],
            .. book.KnowsNetworks ? Networks(book) : [],
        ]);

    // The first two as Zeek users name them by custom (orig_cc, resp_cc); the others are ours.
    private static LogColumn<FlowEnded>[] Places(IAddressBook book) =>
    [
        new("orig_cc", "string", f => book.Find(f.Flow.Originator)?.Country),
        new("resp_cc", "string", f => book.Find(f.Flow.Responder)?.Country),
        new("orig_city", "string", f => book.Find(f.Flow.Originator)?.City),
        new("resp_city", "string", f => book.Find(f.Flow.Responder)?.City),
    ];

    private static LogColumn<FlowEnded>[] Networks(IAddressBook book) =>
    [
        new("orig_asn", "count", f => LogValue.Count(book.Find(f.Flow.Originator)?.Asn)),
        new("resp_asn", "count", f => LogValue.Count(book.Find(f.Flow.Responder)?.Asn)),
        new("orig_as_org", "string", f => book.Find(f.Flow.Originator)?.Organization),
        new("resp_as_org", "string", f => book.Find(f.Flow.Responder)?.Organization),
    ];

    private static string Protocol(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => "tcp",
        IpProtocol.Udp => "udp",
        IpProtocol.Icmp or IpProtocol.IcmpV6 => "icmp",
        IpProtocol.Sctp => "sctp",
        _ => "unknown_transport",
    };

    // Zeek calls TLS "ssl" whatever its version.
    private static string Service(string name) => name switch
    {
        "tls" or "dtls" => "ssl",
        _ => name,
    };
}
