namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>
/// How an operation's arguments and results are laid out, so that the operations behind it can be found. A letter each: <c>4</c> and <c>8</c> bytes,
/// <c>s</c> a state identifier (16), <c>c</c> change information (20), <c>o</c> bytes or text with a length, <c>b</c> an attribute mask, <c>a</c> attributes (mask and
/// bytes), <c>n</c> the name that the operation is about, <c>m</c> its second name, <c>h</c> a file handle, <c>d</c> content of a file, <c>!</c> what is not read: nothing behind it is.
/// </summary>
/// <param name="Name">The operation's name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Results">Its results if it succeeded.</param>
internal sealed record NfsOperationLayout(string Name, string Arguments, string Results)
{
    private const int First = 3;

    // RFC 7530, 16; RFC 8881, 18; RFC 7862, 15; RFC 8276, 8.4. In the order of their numbers from 3 on.
    private static readonly NfsOperationLayout[] s_all =
    [
        new("ACCESS", "4", "44"), new("CLOSE", "4s", "s"), new("COMMIT", "84", "8"), new("CREATE", "!", "cb"), new("DELEGPURGE", "8", ""), new("DELEGRETURN", "s", ""),
        new("GETATTR", "b", "a"), new("GETFH", "", "h"), new("LINK", "n", "c"), new("LOCK", "!", "s"), new("LOCKT", "4888o", ""), new("LOCKU", "44s88", "s"),
        new("LOOKUP", "n", ""), new("LOOKUPP", "", ""), new("NVERIFY", "a", ""), new("OPEN", "!", "!"), new("OPENATTR", "4", ""), new("OPEN_CONFIRM", "s4", "s"),
        new("OPEN_DOWNGRADE", "s444", "s"), new("PUTFH", "h", ""), new("PUTPUBFH", "", ""), new("PUTROOTFH", "", ""), new("READ", "s84", "4d"), new("READDIR", "8844b", "!"),
        new("READLINK", "", "o"), new("REMOVE", "n", "c"), new("RENAME", "nm", "cc"), new("RENEW", "8", ""), new("RESTOREFH", "", ""), new("SAVEFH", "", ""),
        new("SECINFO", "n", "!"), new("SETATTR", "sa", "b"), new("SETCLIENTID", "8o4oo4", "88"), new("SETCLIENTID_CONFIRM", "88", ""), new("VERIFY", "a", ""), new("WRITE", "s84d", "448"),
        new("RELEASE_LOCKOWNER", "8o", ""), new("BACKCHANNEL_CTL", "!", ""), new("BIND_CONN_TO_SESSION", "s44", "s44"), new("EXCHANGE_ID", "!", "!"), new("CREATE_SESSION", "!", "!"),
        new("DESTROY_SESSION", "s", ""), new("FREE_STATEID", "s", ""), new("GET_DIR_DELEGATION", "!", "!"), new("GETDEVICEINFO", "s44b", "!"), new("GETDEVICELIST", "!", "!"),
        new("LAYOUTCOMMIT", "!", "!"), new("LAYOUTGET", "444888s4", "!"), new("LAYOUTRETURN", "!", "!"), new("SECINFO_NO_NAME", "4", "!"), new("SEQUENCE", "s4444", "s44444"),
        new("SET_SSV", "oo", "o"), new("TEST_STATEID", "!", "!"), new("WANT_DELEGATION", "!", "!"), new("DESTROY_CLIENTID", "8", ""), new("RECLAIM_COMPLETE", "4", ""),
        new("ALLOCATE", "s88", ""), new("COPY", "!", "!"), new("COPY_NOTIFY", "!", "!"), new("DEALLOCATE", "s88", ""), new("IO_ADVISE", "s88b", "b"), new("LAYOUTERROR", "!", "!"),
        new("LAYOUTSTATS", "!", "!"), new("OFFLOAD_CANCEL", "s", ""), new("OFFLOAD_STATUS", "s", "!"), new("READ_PLUS", "s84", "!"), new("SEEK", "s84", "48"), new("WRITE_SAME", "!", "!"),
        new("CLONE", "ss888", ""), new("GETXATTR", "o", "o"), new("SETXATTR", "4oo", "c"), new("LISTXATTRS", "84", "!"), new("REMOVEXATTR", "o", "c"),
    ];

    /// <summary>Gets the layout of an operation, or null of one that no specification has.</summary>
    public static NfsOperationLayout? Of(uint code) => code >= First && code - First < s_all.Length ? s_all[code - First] : null;
}
