using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Snmp;

/// <summary>snmp.log with Zeek's fields; what the agent says of itself is not read.</summary>
public static class SnmpLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<SnmpSession>.ForFlow(
        "snmp",
        new("duration", "interval", s => LogValue.Interval(s.Duration)),
        new("version", "string", s => s.Version switch { SnmpVersion.V1 => "1", SnmpVersion.V2c => "2", _ => "3" }),
        new("community", "string", s => s.Community?.Reveal()),
        new("get_requests", "count", s => LogValue.Count(s.GetRequests)),
        new("get_bulk_requests", "count", s => LogValue.Count(s.GetBulkRequests)),
        new("get_responses", "count", s => LogValue.Count(s.GetResponses)),
        new("set_requests", "count", s => LogValue.Count(s.SetRequests)),
        new("display_string", "string", _ => LogValue.Unset),
        new("up_since", "time", _ => LogValue.Unset));
}
