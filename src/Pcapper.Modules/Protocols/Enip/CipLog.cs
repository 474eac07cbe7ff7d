using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Declares cip.log, with the fields of CISA's ICSNPP package for Zeek.</summary>
public static class CipLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<CipMessage>.ForFlow(
        "cip",
        new("is_orig", "bool", m => m.Direction == Direction.ToResponder),
        new("cip_sequence_count", "count", m => LogValue.Count((long?)m.Sequence)),
        new("direction", "string", m => m.IsRequest ? "request" : "response"),
        new("cip_service_code", "string", m => Hex(m.Service | (m.IsRequest ? 0 : 0x80))),
        new("cip_service", "string", m => CipNames.Service(m.Class, m.Service)),
        new("cip_status_code", "string", m => m.Status is { } status ? Hex(status) : null),
        new("cip_status", "string", m => m.Status is { } status ? CipNames.Status(status) : null),
        new("cip_extended_status_code", "string", m => m.ExtendedStatus is { } status ? string.Create(CultureInfo.InvariantCulture, $"0x{status:x4}") : null),
        new("cip_extended_status", "string", _ => LogValue.Unset),
        new("class_id", "string", m => Hex(m.Class)),
        new("class_name", "string", m => m.Class is { } number ? CipNames.Class(number) : null),
        new("instance_id", "string", m => Hex(m.Instance)),
        new("attribute_id", "string", m => Hex(m.Attribute)));

    private static string? Hex(long? number) => number is { } value ? string.Create(CultureInfo.InvariantCulture, $"0x{value:x2}") : null;
}
