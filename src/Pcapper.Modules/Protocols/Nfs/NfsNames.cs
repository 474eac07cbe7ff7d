using System.Globalization;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>Names of NFS procedures and errors.</summary>
public static class NfsNames
{
    // RFC 1094, 2.2.
    private static readonly string[] s_v2 =
    [
        "NULL", "GETATTR", "SETATTR", "ROOT", "LOOKUP", "READLINK", "READ", "WRITECACHE", "WRITE", "CREATE", "REMOVE", "RENAME", "LINK", "SYMLINK", "MKDIR",
        "RMDIR", "READDIR", "STATFS",
    ];

    // RFC 1813, 3.3.
    private static readonly string[] s_v3 =
    [
        "NULL", "GETATTR", "SETATTR", "LOOKUP", "ACCESS", "READLINK", "READ", "WRITE", "CREATE", "MKDIR", "SYMLINK", "MKNOD", "REMOVE", "RMDIR", "RENAME", "LINK",
        "READDIR", "READDIRPLUS", "FSSTAT", "FSINFO", "PATHCONF", "COMMIT",
    ];

    /// <summary>Gets the name of a procedure.</summary>
    public static string Procedure(uint version, uint procedure)
    {
        string[] names = version switch { 2 => s_v2, 3 => s_v3, 4 => ["NULL", "COMPOUND"], _ => [] };
        return procedure < names.Length ? names[procedure] : string.Create(CultureInfo.InvariantCulture, $"procedure-{procedure}");
    }

    /// <summary>Gets the name of a result, which the versions share as far as they have it (RFC 1813, 2.6; RFC 8881, 15.1).</summary>
    public static string Status(uint status) => status switch
    {
        0 => "OK",
        1 => "PERM",
        2 => "NOENT",
        5 => "IO",
        6 => "NXIO",
        13 => "ACCES",
        17 => "EXIST",
        18 => "XDEV",
        19 => "NODEV",
        20 => "NOTDIR",
        21 => "ISDIR",
        22 => "INVAL",
        27 => "FBIG",
        28 => "NOSPC",
        30 => "ROFS",
        31 => "MLINK",
        63 => "NAMETOOLONG",
        66 => "NOTEMPTY",
        69 => "DQUOT",
        70 => "STALE",
        71 => "REMOTE",
        10001 => "BADHANDLE",
        10003 => "BAD_COOKIE",
        10004 => "NOTSUPP",
        10006 => "SERVERFAULT",
        10008 => "DELAY",
        10011 => "EXPIRED",
        10012 => "LOCKED",
        10013 => "GRACE",
        10016 => "WRONGSEC",
        10018 => "RESOURCE",
        10020 => "NOFILEHANDLE",
        10022 => "STALE_CLIENTID",
        10023 => "STALE_STATEID",
        10025 => "BAD_STATEID",
        10036 => "BADXDR",
        10052 => "BADSESSION",
        _ => string.Create(CultureInfo.InvariantCulture, $"error {status}"),
    };
}
