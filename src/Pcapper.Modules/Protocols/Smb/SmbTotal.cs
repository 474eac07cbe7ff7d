namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What is counted over the whole capture.</summary>
internal enum SmbTotal
{
    /// <summary>Connections.</summary>
    Connections,

    /// <summary>Encrypted messages.</summary>
    Encrypted,

    /// <summary>Compressed messages.</summary>
    Compressed,

    /// <summary>Requests that were answered with "pending" first.</summary>
    Pending,

    /// <summary>Bytes of files read.</summary>
    ReadBytes,

    /// <summary>Bytes of files written.</summary>
    WrittenBytes,

    /// <summary>Sessions set up.</summary>
    Logins,

    /// <summary>Sessions refused.</summary>
    Refused,

    /// <summary>Files opened with success.</summary>
    Opened,

    /// <summary>Remote procedure calls.</summary>
    Calls,

    /// <summary>Named pipes opened with success.</summary>
    Pipes,
}
