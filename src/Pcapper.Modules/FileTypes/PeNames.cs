using System.Globalization;

namespace Pcapper.Modules.FileTypes;

/// <summary>Names of the numbers in PE headers, as Zeek's log has them.</summary>
internal static class PeNames
{
    /// <summary>Gets the name of a machine (PE Format, "Machine Types").</summary>
    public static string Machine(ushort machine) => machine switch
    {
        0 => "UNKNOWN",
        0x14C => "I386",
        0x8664 => "AMD64",
        0x1C0 => "ARM",
        0x1C4 => "ARMNT",
        0xAA64 => "ARM64",
        0x200 => "IA64",
        0xEBC => "EBC",
        0x5032 => "RISCV32",
        0x5064 => "RISCV64",
        _ => string.Create(CultureInfo.InvariantCulture, $"unknown-{machine}"),
    };

    /// <summary>Gets the name of a subsystem (PE Format, "Windows Subsystem").</summary>
    public static string Subsystem(ushort subsystem) => subsystem switch
    {
        0 => "UNKNOWN",
        1 => "NATIVE",
        2 => "WINDOWS_GUI",
        3 => "WINDOWS_CUI",
        7 => "POSIX_CUI",
        9 => "WINDOWS_CE_GUI",
        10 => "EFI_APPLICATION",
        11 => "EFI_BOOT_SERVICE_DRIVER",
        12 => "EFI_RUNTIME_DRIVER",
        13 => "EFI_ROM",
        14 => "XBOX",
        _ => string.Create(CultureInfo.InvariantCulture, $"unknown-{subsystem}"),
    };

    /// <summary>Gets the name of the system that a version stands for.</summary>
    public static string System((ushort Major, ushort Minor) version) => version switch
    {
        (10, 0) => "Windows 10",
        (6, 3) => "Windows 8.1 or Server 2012 R2",
        (6, 2) => "Windows 8 or Server 2012",
        (6, 1) => "Windows 7 or Server 2008 R2",
        (6, 0) => "Windows Vista or Server 2008",
        (5, 2) => "Windows XP x64 or Server 2003",
        (5, 1) => "Windows XP",
        (5, 0) => "Windows 2000",
        (4, 90) => "Windows Me",
        (4, 10) => "Windows 98",
        (4, 0) => "Windows 95 or NT 4.0",
        (3, 51) => "Windows NT 3.51",
        (3, 50) => "Windows NT 3.5",
        (3, 10) => "Windows 3.1 or NT 3.1",
        _ => string.Create(CultureInfo.InvariantCulture, $"unknown-{version.Major}.{version.Minor}"),
    };
}
