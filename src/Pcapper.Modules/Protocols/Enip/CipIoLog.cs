using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Declares cip_io.log, with the fields of CISA's ICSNPP package for Zeek.</summary>
public static class CipIoLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<CipIoSeen>.ForFlow(
        "cip_io",
        new("is_orig", "bool", i => i.Direction == Direction.ToResponder),
        new("connection_id", "string", i => string.Create(CultureInfo.InvariantCulture, $"0x{i.Connection:x8}")),
        new("sequence_number", "count", i => LogValue.Count((long)i.Sequence)),
        new("data_length", "count", i => LogValue.Count((long)i.Length)),
        new("io_data", "string", i => i.Data));
}
