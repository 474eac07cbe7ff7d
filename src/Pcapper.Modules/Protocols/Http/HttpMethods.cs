namespace Pcapper.Modules.Protocols.Http;

/// <summary>Methods that are registered (IANA "HTTP Method Registry") or in common use.</summary>
internal static class HttpMethods
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
        "ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "COPY", "LABEL", "LINK", "LOCK", "MERGE", "MKACTIVITY", "MKCALENDAR", "MKCOL",
        "MKREDIRECTREF", "MKWORKSPACE", "MOVE", "ORDERPATCH", "PRI", "PROPFIND", "PROPPATCH", "QUERY", "REBIND", "REPORT", "SEARCH", "UNBIND",
        "UNCHECKOUT", "UNLINK", "UNLOCK", "UPDATE", "UPDATEREDIRECTREF", "VERSION-CONTROL",
        "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE", "POLL", "BCOPY", "BDELETE", "BMOVE", "BPROPFIND", "BPROPPATCH", "M-SEARCH",
        "RPC_IN_DATA", "RPC_OUT_DATA", "CCM_POST", "SMS_POST", "BITS_POST", "PURGE",
    };

    /// <summary>Tells whether a method is known.</summary>
    public static bool IsKnown(string method) => s_known.Contains(method);

    /// <summary>Tells whether a method is known.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> method) => IsKnown(System.Text.Encoding.Latin1.GetString(method));
}
