using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>Declares s7comm.log, with the fields of CISA's ICSNPP package for Zeek.</summary>
public static class S7Log
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<S7Message>.ForFlow(
        "s7comm",
        new("is_orig", "bool", m => m.Direction == Direction.ToResponder),
        new("rosctr_code", "count", m => LogValue.Count((long)m.Kind)),
        new("rosctr_name", "string", m => Kind(m.Kind)),
        new("pdu_reference", "count", m => LogValue.Count((long)m.Reference)),
        new("function_code", "string", m => Code(m.Function)),
        new("function_name", "string", m => Function(m)),
        new("subfunction_code", "string", m => m.Kind == S7Kind.Job ? m.Service : Code(m.SubFunction)),
        new("subfunction_name", "string", m => SubFunction(m)),
        new("error_class", "string", m => m.ErrorClass is { } error ? error == 0 ? "No Error" : Code(error) : null),
        new("error_code", "string", m => Code(m.ErrorCode)))
        .Only(m => m.Kind != S7Kind.Connection);

    private static string? Code(byte? number) => number is { } code ? string.Create(CultureInfo.InvariantCulture, $"0x{code:x2}") : null;

    private static string Kind(S7Kind kind) => kind switch
    {
        S7Kind.Job => "Job",
        S7Kind.Acknowledgment => "Ack",
        S7Kind.AcknowledgmentData => "Ack-Data",
        _ => "User-Data",
    };

    private static string? Function(S7Message message) => message switch
    {
        { Function: null } => null,
        { Kind: S7Kind.UserData, Function: { } function } => (function >> 4) switch
        {
            4 => "Request: ",
            8 => "Response: ",
            0 => "Push: ",
            _ => "Unknown: ",
        } + S7Calls.GroupName(function & 0x0F),
        { Function: { } function } => S7Calls.JobName(function, 0),
    };

    private static string? SubFunction(S7Message message) => message switch
    {
        { Kind: S7Kind.Job, Service: not null } => S7Calls.Name(message.Call),
        { Kind: S7Kind.UserData, Function: { } function, SubFunction: { } sub } => S7Calls.SubFunctionName(function & 0x0F, sub),
        _ => null,
    };
}
