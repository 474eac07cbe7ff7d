namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Commands of SMB 1 (MS-CIFS, 2.2.2.1); the others are only counted.</summary>
internal enum Smb1Command : byte
{
    /// <summary>Open a file, as old clients do.</summary>
    Open = 0x02,

    /// <summary>Close a file.</summary>
    Close = 0x04,

    /// <summary>Delete files.</summary>
    Delete = 0x06,

    /// <summary>Rename files.</summary>
    Rename = 0x07,

    /// <summary>Lock and unlock, and what servers ask clients: to give back a lock.</summary>
    LockingAndX = 0x24,

    /// <summary>Named pipes and mail slots.</summary>
    Transaction = 0x25,

    /// <summary>Open a file.</summary>
    OpenAndX = 0x2D,

    /// <summary>Read.</summary>
    ReadAndX = 0x2E,

    /// <summary>Write.</summary>
    WriteAndX = 0x2F,

    /// <summary>Folders and facts of files.</summary>
    Transaction2 = 0x32,

    /// <summary>Disconnect from a share.</summary>
    TreeDisconnect = 0x71,

    /// <summary>Agree on a dialect.</summary>
    Negotiate = 0x72,

    /// <summary>Log in.</summary>
    SessionSetupAndX = 0x73,

    /// <summary>Log out.</summary>
    LogoffAndX = 0x74,

    /// <summary>Connect to a share.</summary>
    TreeConnectAndX = 0x75,

    /// <summary>Controls, notifications, quotas.</summary>
    NtTransact = 0xA0,

    /// <summary>Open a file.</summary>
    NtCreateAndX = 0xA2,

    /// <summary>No command: the end of a chain.</summary>
    None = 0xFF,
}
