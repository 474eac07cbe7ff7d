using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>Declares modbus_detailed.log, with the fields of CISA's ICSNPP package for Zeek.</summary>
public static class ModbusDetailedLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<ModbusMessage>.ForFlow(
        "modbus_detailed",
        new("is_orig", "bool", m => m.Direction == Direction.ToResponder),
        new("source_h", "addr", m => m.Flow.Sender(m.Direction)),
        new("source_p", "port", m => LogValue.Port(Port(m, m.Direction))),
        new("destination_h", "addr", m => m.Flow.Receiver(m.Direction)),
        new("destination_p", "port", m => LogValue.Port(Port(m, m.Direction.Opposite()))),
        new("tid", "count", m => LogValue.Count((long?)m.Transaction)),
        new("unit", "count", m => LogValue.Count((long)m.Unit)),
        new("func", "string", m => ModbusLog.Function(m)),
        new("request_response", "string", m => m.IsRequest ? "REQUEST" : "RESPONSE"),
        new("address", "count", m => LogValue.Count((long?)m.Address)),
        new("quantity", "count", m => LogValue.Count((long?)m.Quantity)),
        new("values", "string", Values));

    private static int Port(ModbusMessage message, Direction direction)
        => direction == Direction.ToResponder ? message.Flow.OriginatorPort : message.Flow.ResponderPort;

    private static LogValue Values(ModbusMessage message)
    {
        if (message.Refusal is { } code)
        {
            return ModbusCalls.LogException(code);
        }

        return message.Values.Count == 0 ? LogValue.Unset : string.Join(',', message.Values.Select(Text));
    }

    private static string Text(IcsValue value) => ModbusDialect.Instance.IsBit(value.Table)
        ? value.Value == 0 ? "F" : "T"
        : value.Value.ToString(CultureInfo.InvariantCulture);
}
