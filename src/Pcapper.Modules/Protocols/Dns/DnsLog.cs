using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>dns.log with Zeek's fields.</summary>
public static class DnsLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<DnsTransaction>.ForFlow(
        "dns",
        new("proto", "enum", t => LogValue.Enum(First(t).IsTcp ? "tcp" : "udp")),
        new("trans_id", "count", t => LogValue.Count((long)First(t).Id)),
        new("rtt", "interval", t => LogValue.Interval(t.ResponseTime)),
        new("query", "string", t => t.Question is { } q ? LogValue.Text(q.Name.Length == 0 ? "." : q.Name) : LogValue.Unset),
        new("qclass", "count", t => t.Question is { } q ? LogValue.Count((long)q.Class) : LogValue.Unset),
        new("qclass_name", "string", t => t.Question is { } q ? LogValue.Text(DnsNames.Class(q.Class)) : LogValue.Unset),
        new("qtype", "count", t => t.Question is { } q ? LogValue.Count((long)q.Type) : LogValue.Unset),
        new("qtype_name", "string", t => t.Question is { } q ? LogValue.Text(DnsNames.Type(q.Type)) : LogValue.Unset),
        new("rcode", "count", t => t.Response is { } r ? LogValue.Count((long)r.Rcode) : LogValue.Unset),
        new("rcode_name", "string", t => t.Response is { } r ? LogValue.Text(DnsNames.Rcode(r.Rcode)) : LogValue.Unset),
        new("AA", "bool", t => t.Response?.IsAuthoritative ?? false),
        new("TC", "bool", t => t.Response?.IsCut ?? false),
        new("RD", "bool", t => First(t).RecursionDesired),
        new("RA", "bool", t => t.Response?.RecursionAvailable ?? false),
        new("Z", "count", t => LogValue.Count((long)First(t).ReservedBits)),
        new("answers", "vector[string]", t => Answers(t) is { Count: > 0 } a ? LogValue.Texts([.. a.Select(r => r.Data!)]) : LogValue.Unset),
        new("TTLs", "vector[interval]", t => Answers(t) is { Count: > 0 } a ? LogValue.Intervals([.. a.Select(r => r.Ttl * Packets.Timestamp.PerSecond)]) : LogValue.Unset),
        new("rejected", "bool", t => t.Response is { Rcode: not 0, Questions.Count: 0 }));

    private static DnsMessage First(DnsTransaction transaction) => (transaction.Query ?? transaction.Response)!;

    private static List<DnsResourceRecord> Answers(DnsTransaction transaction)
        => transaction.Response is null ? [] : [.. transaction.Response.Answers.Where(a => a.Data is not null)];
}
