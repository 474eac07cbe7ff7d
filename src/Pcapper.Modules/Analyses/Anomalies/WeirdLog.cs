using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Anomalies;

/// <summary>weird.log with Zeek's fields: input that breaks a rule of its format.</summary>
public static class WeirdLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<AnomalySeen>.ForFlow(
        "weird",
        new("name", "string", a => a.Rule.Replace(' ', '_')),
        new("addl", "string", _ => LogValue.Unset),
        new("notice", "bool", _ => false),
        new("peer", "string", _ => "pcapper"),
        new("source", "string", a => a.Protocol.ToUpperInvariant()));
}
