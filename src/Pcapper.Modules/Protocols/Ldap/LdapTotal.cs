namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>What is summed up over everything.</summary>
public enum LdapTotal
{
    /// <summary>Binds.</summary>
    Binds,

    /// <summary>Searches over TCP.</summary>
    Searches,

    /// <summary>Searches in datagrams, nearly all of them pings of domain controllers.</summary>
    Pings,

    /// <summary>Entries that came back.</summary>
    Entries,

    /// <summary>Bytes of those.</summary>
    EntryBytes,

    /// <summary>Modifications, additions, deletions and moves.</summary>
    Changes,

    /// <summary>Other operations.</summary>
    Others,

    /// <summary>Encrypted buffers.</summary>
    Sealed,

    /// <summary>Bytes of those.</summary>
    SealedBytes,

    /// <summary>Signed buffers.</summary>
    Signed,

    /// <summary>Connections that turned to TLS.</summary>
    Tls,
}
