using System.Globalization;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Names of dialects and ciphers.</summary>
internal static class SmbDialects
{
    /// <summary>The only dialect of SMB 1 that is still met.</summary>
    public const string NtLm = "NT LM 0.12";

    /// <summary>Names a dialect of SMB 2 and 3 (MS-SMB2, 2.2.4).</summary>
    public static string Name(ushort revision) => revision switch
    {
        0x0202 => "2.0.2",
        0x0210 => "2.1",
        0x0300 => "3.0",
        0x0302 => "3.0.2",
        0x0311 => "3.1.1",
        0x02FF => "2.x (SMB1 multi-protocol negotiate)",
        _ => "0x" + revision.ToString("x4", CultureInfo.InvariantCulture),
    };

    /// <summary>Names a cipher (MS-SMB2, 2.2.3.1.2).</summary>
    public static string? Cipher(ushort cipher) => cipher switch
    {
        1 => "AES-128-CCM",
        2 => "AES-128-GCM",
        3 => "AES-256-CCM",
        4 => "AES-256-GCM",
        _ => null,
    };

    /// <summary>Tells whether a dialect is one of SMB 1: those of SMB 2 and 3 begin with their number.</summary>
    public static bool IsVersion1(string dialect) => dialect.Length == 0 || dialect[0] is not ('2' or '3' or '0');
}
