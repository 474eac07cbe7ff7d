using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Declares enip.log, with the fields of CISA's ICSNPP package for Zeek.</summary>
public static class EnipLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<EnipMessage>.ForFlow(
        "enip",
        new("is_orig", "bool", m => m.Direction == Direction.ToResponder),
        new("enip_command_code", "string", m => string.Create(CultureInfo.InvariantCulture, $"0x{(int)m.Command:x4}")),
        new("enip_command", "string", m => CipNames.Command(m.Command)),
        new("length", "count", m => LogValue.Count((long)m.Length)),
        new("session_handle", "string", m => string.Create(CultureInfo.InvariantCulture, $"0x{m.Session:x8}")),
        new("enip_status", "string", m => string.Create(CultureInfo.InvariantCulture, $"0x{m.Status:x8}")),
        new("sender_context", "string", m => string.Create(CultureInfo.InvariantCulture, $"0x{m.Context:x16}")),
        new("options", "string", m => string.Create(CultureInfo.InvariantCulture, $"0x{m.Options:x8}")));
}
