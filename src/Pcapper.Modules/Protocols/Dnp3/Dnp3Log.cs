using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>Declares Zeek's dnp3.log.</summary>
public static class Dnp3Log
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<Dnp3Exchange>.ForFlow(
        "dnp3",
        new("fc_request", "string", e => e.Request is { } function ? Dnp3Calls.LogName(function) : null),
        new("fc_reply", "string", e => e.Reply is { } function ? Dnp3Calls.LogName(function) : null),
        new("iin", "count", e => LogValue.Count(e.Indications is { } bits ? ((bits & 0xFF) << 8) | (bits >> 8) : (long?)null)));
}
