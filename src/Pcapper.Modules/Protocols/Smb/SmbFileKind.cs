namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What a share holds.</summary>
public enum SmbFileKind : byte
{
    /// <summary>Files and folders.</summary>
    Disk,

    /// <summary>Named pipes.</summary>
    Pipe,

    /// <summary>Print jobs.</summary>
    Printer,
}
