using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>Declares Zeek's modbus.log.</summary>
public static class ModbusLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<ModbusMessage>.ForFlow(
        "modbus",
        new("tid", "count", m => LogValue.Count((long?)m.Transaction)),
        new("unit", "count", m => LogValue.Count((long)m.Unit)),
        new("func", "string", m => Function(m)),
        new("pdu_type", "string", m => m.IsRequest ? "REQ" : "RESP"),
        new("exception", "string", m => m.Refusal is { } code ? ModbusCalls.LogException(code) : null));

    /// <summary>Names the function of a message, and that it is an exception.</summary>
    internal static string Function(ModbusMessage message) => ModbusCalls.LogName(message.Function) + (message.IsException ? "_EXCEPTION" : "");
}
