namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What was done with a file.</summary>
public enum SmbFileAction : byte
{
    /// <summary>It was opened, or should have been.</summary>
    Open,

    /// <summary>It was read; stated once per opening, when it is closed.</summary>
    Read,

    /// <summary>It was written; stated once per opening, when it is closed.</summary>
    Write,

    /// <summary>It was deleted.</summary>
    Delete,

    /// <summary>It got another name.</summary>
    Rename,
}
