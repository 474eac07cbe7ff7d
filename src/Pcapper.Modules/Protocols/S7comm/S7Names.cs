using System.Globalization;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>Why something is refused: numbers up to 15 are those of single items, the others those of whole messages.</summary>
internal static class S7Names
{
    /// <summary>The transport below refused the connection.</summary>
    public const int ConnectionRefused = 48;

    private const int FirstClass = 16;
    private const int BlockError = 32;
    private const int Protected = 33;
    private const int NotAvailable = 34;
    private const int Other = 35;

    /// <summary>Gets the reason that an error's class is.</summary>
    public static int OfError(byte errorClass) => errorClass switch
    {
        >= 0x81 and <= 0x87 => FirstClass + (errorClass & 0x0F),
        0xD2 => BlockError,
        0xD6 => Protected,
        0xD4 => NotAvailable,
        _ => Other,
    };

    /// <summary>Names a reason.</summary>
    public static string Reason(int reason) => reason switch
    {
        0x01 => "hardware fault",
        0x03 => "access denied",
        0x05 => "address out of range",
        0x06 => "type not supported",
        0x07 => "type does not fit",
        0x0A => "object does not exist",
        FirstClass + 1 => "application relationship",
        FirstClass + 2 => "object definition",
        FirstClass + 3 => "no resources",
        FirstClass + 4 => "service processing",
        FirstClass + 5 => "supplies",
        FirstClass + 7 => "access error",
        BlockError => "block error",
        Protected => "protection",
        NotAvailable => "information not available",
        Other => "error",
        ConnectionRefused => "connection refused",
        _ => string.Create(CultureInfo.InvariantCulture, $"reason {reason}"),
    };

    /// <summary>Tells whether the controller failed or lacks resources.</summary>
    public static bool IsFailure(int reason) => reason is 0x01 or FirstClass + 3;

    /// <summary>Tells whether what was asked for does not exist.</summary>
    public static bool IsUnknown(int reason) => reason is 0x05 or 0x06 or 0x07 or 0x0A;
}
