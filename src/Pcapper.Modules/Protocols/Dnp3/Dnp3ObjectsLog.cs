using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>Declares dnp3_objects.log, with the fields of CISA's ICSNPP package for Zeek: objects of reads and of responses.</summary>
public static class Dnp3ObjectsLog
{
    private const int Read = 1;
    private const int Response = 129;

    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<Dnp3ObjectSeen>.ForFlow(
        "dnp3_objects",
        new("function_code", "string", o => Dnp3Calls.LogName(o.Function)),
        new("object_type", "string", o => Dnp3Names.Object(o.Header.Group, o.Header.Variation)),
        new("object_count", "count", o => LogValue.Count(o.Function == Response ? o.Header.Count : (long?)null)),
        new("range_low", "count", o => LogValue.Count(o.Function == Response ? o.Header.Start : (long?)null)),
        new("range_high", "count", o => LogValue.Count(o.Function == Response ? o.Header.Stop : (long?)null)))
        .Only(o => o.Function is Read or Response);
}
