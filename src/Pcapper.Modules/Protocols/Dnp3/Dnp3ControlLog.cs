using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>Declares dnp3_control.log, with the fields of CISA's ICSNPP package for Zeek: control relay output blocks and pattern control blocks.</summary>
public static class Dnp3ControlLog
{
    private const int Relay = 12;

    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<Dnp3ControlSeen>.ForFlow(
        "dnp3_control",
        new("block_type", "string", c => c.Control.Variation == 2 ? "Pattern Control Block" : "Control Relay Output Block"),
        new("function_code", "string", c => Dnp3Calls.LogName(c.Function)),
        new("index_number", "count", c => LogValue.Count(c.Control.Index)),
        new("trip_control_code", "string", c => Dnp3Names.Trip(c.Control.Code)),
        new("operation_type", "string", c => Dnp3Names.Operation(c.Control.Code)),
        new("execute_count", "count", c => LogValue.Count((long)c.Control.Count)),
        new("on_time", "count", c => LogValue.Count((long)c.Control.OnTime)),
        new("off_time", "count", c => LogValue.Count((long)c.Control.OffTime)),
        new("status_code", "string", c => Dnp3Names.Status(c.Control.Status)))
        .Only(c => c.Control.Group == Relay);
}
