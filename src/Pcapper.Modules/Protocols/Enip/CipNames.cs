using System.Globalization;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Names of numbers of CIP and its encapsulation.</summary>
internal static class CipNames
{
    /// <summary>Names a class.</summary>
    public static string Class(uint? number) => number switch
    {
        null => "no class",
        0x01 => "identity",
        0x02 => "message router",
        0x04 => "assembly",
        0x05 => "connection",
        0x06 => "connection manager",
        0x37 => "file",
        0x43 => "time sync",
        0x67 => "PCCC",
        0x6B => "symbol",
        0x6C => "template",
        0x8B => "wall clock",
        0xF4 => "port",
        0xF5 => "TCP/IP interface",
        0xF6 => "Ethernet link",
        _ => string.Create(CultureInfo.InvariantCulture, $"class 0x{number:x2}"),
    };

    /// <summary>Names a service.</summary>
    /// <param name="number">The class, or null; of tags null as well.</param>
    /// <param name="service">The service.</param>
    public static string? Service(uint? number, int service) => (number, service) switch
    {
        (0x06, 0x4E) => "forward close",
        (0x06, 0x52) => "unconnected send",
        (0x06, 0x54) => "forward open",
        (0x06, 0x56) => "get connection data",
        (0x06, 0x5A) => "get connection owner",
        (0x06, 0x5B) => "large forward open",
        (0x37, 0x4B) => "initiate upload",
        (0x37, 0x4C) => "initiate download",
        (0x37, 0x4D) => "initiate partial read",
        (0x37, 0x4E) => "initiate partial write",
        (0x37, 0x4F) => "upload transfer",
        (0x37, 0x50) => "download transfer",
        (0x37, 0x51) => "clear file",
        (0x67, 0x4B) => "execute PCCC",
        (0x6B, 0x55) => "list tags",
        (null or 0x6B, 0x4C) => "read tag",
        (null or 0x6B, 0x4D) => "write tag",
        (null or 0x6B, 0x4E) => "modify tag",
        (null or 0x6B, 0x52) => "read tag in parts",
        (null or 0x6B, 0x53) => "write tag in parts",
        _ => Common(service),
    };

    /// <summary>Names a command of the encapsulation.</summary>
    public static string Command(EnipCommand command) => command switch
    {
        EnipCommand.Nop => "no operation",
        EnipCommand.ListServices => "list services",
        EnipCommand.ListIdentity => "list identity",
        EnipCommand.ListInterfaces => "list interfaces",
        EnipCommand.RegisterSession => "register session",
        EnipCommand.UnregisterSession => "unregister session",
        EnipCommand.SendRRData => "send RR data",
        EnipCommand.SendUnitData => "send unit data",
        EnipCommand.IndicateStatus => "indicate status",
        EnipCommand.Cancel => "cancel",
        _ => string.Create(CultureInfo.InvariantCulture, $"command 0x{(int)command:x2}"),
    };

    /// <summary>Names a status of an answer (volume 1, appendix B-1).</summary>
    public static string Status(int status) => status switch
    {
        0x00 => "success",
        0x01 => "connection failure",
        0x02 => "resource unavailable",
        0x03 => "invalid parameter",
        0x04 => "path segment error",
        0x05 => "path destination unknown",
        0x06 => "partial transfer",
        0x07 => "connection lost",
        0x08 => "service not supported",
        0x09 => "invalid attribute value",
        0x0A => "attribute list error",
        0x0B => "already in that mode or state",
        0x0C => "object state conflict",
        0x0D => "object already exists",
        0x0E => "attribute not settable",
        0x0F => "privilege violation",
        0x10 => "device state conflict",
        0x11 => "reply too large",
        0x13 => "not enough data",
        0x14 => "attribute not supported",
        0x15 => "too much data",
        0x16 => "object does not exist",
        0x1A => "request too large",
        0x1E => "embedded service error",
        0x1F => "maker's error",
        0x20 => "invalid parameter",
        0x26 => "path size invalid",
        0xFF => "general error",
        _ => string.Create(CultureInfo.InvariantCulture, $"status 0x{status:x2}"),
    };

    /// <summary>Names a maker, or null.</summary>
    public static string? Vendor(int vendor) => vendor switch
    {
        1 => "Rockwell Automation/Allen-Bradley",
        26 => "Festo",
        40 => "WAGO",
        47 => "OMRON",
        _ => null,
    };

    /// <summary>Names a kind of device (volume 1, 6-1), or null.</summary>
    public static string? DeviceType(int type) => type switch
    {
        0x02 => "AC drive",
        0x03 => "motor overload",
        0x07 => "general purpose discrete I/O",
        0x0C => "communications adapter",
        0x0E => "programmable logic controller",
        0x10 => "position controller",
        0x13 => "DC drive",
        0x18 => "human-machine interface",
        0x2B => "generic device",
        0x2C => "managed switch",
        _ => null,
    };

    private static string? Common(int service) => service switch
    {
        0x01 => "get all attributes",
        0x02 => "set all attributes",
        0x03 => "get attribute list",
        0x04 => "set attribute list",
        0x05 => "reset",
        0x06 => "start",
        0x07 => "stop",
        0x08 => "create",
        0x09 => "delete",
        0x0A => "multiple service packet",
        0x0D => "apply attributes",
        0x0E => "get attribute",
        0x10 => "set attribute",
        0x11 => "find next instance",
        0x15 => "restore",
        0x16 => "save",
        0x17 => "no operation",
        0x18 => "get member",
        0x19 => "set member",
        0x1A => "insert member",
        0x1B => "remove member",
        0x1C => "group sync",
        _ => null,
    };
}
