namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Commands of SMB 2 and 3 (MS-SMB2, 2.2.1.2).</summary>
internal enum Smb2Command : ushort
{
    /// <summary>Agree on a dialect.</summary>
    Negotiate,

    /// <summary>Log in.</summary>
    SessionSetup,

    /// <summary>Log out.</summary>
    Logoff,

    /// <summary>Connect to a share.</summary>
    TreeConnect,

    /// <summary>Leave it.</summary>
    TreeDisconnect,

    /// <summary>Open a file.</summary>
    Create,

    /// <summary>Close it.</summary>
    Close,

    /// <summary>Write buffers out.</summary>
    Flush,

    /// <summary>Read.</summary>
    Read,

    /// <summary>Write.</summary>
    Write,

    /// <summary>Lock a range.</summary>
    Lock,

    /// <summary>A control code.</summary>
    Ioctl,

    /// <summary>Give up a request.</summary>
    Cancel,

    /// <summary>Is anybody there?</summary>
    Echo,

    /// <summary>List a folder.</summary>
    QueryDirectory,

    /// <summary>Wait for changes.</summary>
    ChangeNotify,

    /// <summary>Ask for facts.</summary>
    QueryInfo,

    /// <summary>Change facts: rename, delete.</summary>
    SetInfo,

    /// <summary>Give up a cache.</summary>
    OplockBreak,
}
