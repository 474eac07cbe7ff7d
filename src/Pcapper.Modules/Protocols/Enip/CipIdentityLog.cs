using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Declares cip_identity.log, with the fields of CISA's ICSNPP package for Zeek.</summary>
public static class CipIdentityLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<EnipIdentitySeen>.ForFlow(
        "cip_identity",
        new("encapsulation_version", "count", i => LogValue.Count((long?)i.Identity.Version)),
        new("socket_address", "addr", i => i.Identity.Address),
        new("socket_port", "count", i => LogValue.Count((long?)i.Identity.Port)),
        new("vendor_id", "count", i => LogValue.Count((long)i.Identity.Vendor)),
        new("vendor_name", "string", i => CipNames.Vendor(i.Identity.Vendor)),
        new("device_type_id", "count", i => LogValue.Count((long)i.Identity.DeviceType)),
        new("device_type_name", "string", i => CipNames.DeviceType(i.Identity.DeviceType)),
        new("product_code", "count", i => LogValue.Count((long)i.Identity.ProductCode)),
        new("revision", "string", i => i.Identity.Revision),
        new("device_status", "string", i => string.Create(CultureInfo.InvariantCulture, $"0x{i.Identity.Status:x4}")),
        new("serial_number", "string", i => string.Create(CultureInfo.InvariantCulture, $"0x{i.Identity.SerialNumber:x8}")),
        new("product_name", "string", i => i.Identity.ProductName),
        new("device_state", "string", i => i.Identity.State is { } state ? string.Create(CultureInfo.InvariantCulture, $"0x{state:x2}") : null));
}
