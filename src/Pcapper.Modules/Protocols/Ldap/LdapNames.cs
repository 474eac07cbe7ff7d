namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Names of the numbers in LDAP messages.</summary>
public static class LdapNames
{
    /// <summary>The result "success".</summary>
    public const int Success = 0;

    /// <summary>The result "SASL bind in progress".</summary>
    public const int BindInProgress = 14;

    /// <summary>The result "invalid credentials".</summary>
    public const int InvalidCredentials = 49;

    /// <summary>The extended operation StartTLS (RFC 4511, 4.14).</summary>
    public const string StartTls = "1.3.6.1.4.1.1466.20037";

    /// <summary>Gets the name of an operation.</summary>
    public static string Operation(LdapOperationKind kind) => kind switch
    {
        LdapOperationKind.Bind => "bind",
        LdapOperationKind.Unbind => "unbind",
        LdapOperationKind.Search => "search",
        LdapOperationKind.Modify => "modify",
        LdapOperationKind.Add => "add",
        LdapOperationKind.Delete => "delete",
        LdapOperationKind.ModifyDn => "modify DN",
        LdapOperationKind.Compare => "compare",
        LdapOperationKind.Abandon => "abandon",
        LdapOperationKind.Extended => "extended",
        _ => FormattableString.Invariant($"operation {(int)kind}"),
    };

    /// <summary>Gets the name of a search's scope.</summary>
    public static string Scope(int scope) => scope switch
    {
        0 => "base",
        1 => "single",
        2 => "tree",
        _ => FormattableString.Invariant($"scope {scope}"),
    };

    /// <summary>Gets the name of how a search follows aliases.</summary>
    public static string Aliases(int aliases) => aliases switch
    {
        0 => "never",
        1 => "in searching",
        2 => "finding base",
        3 => "always",
        _ => FormattableString.Invariant($"aliases {aliases}"),
    };

    /// <summary>Gets the name of a result code (RFC 4511, appendix A).</summary>
    public static string Result(int code) => code switch
    {
        0 => "success",
        1 => "operations error",
        2 => "protocol error",
        3 => "time limit exceeded",
        4 => "size limit exceeded",
        5 => "compare false",
        6 => "compare true",
        7 => "auth method not supported",
        8 => "stronger auth required",
        10 => "referral",
        11 => "admin limit exceeded",
        12 => "unavailable critical extension",
        13 => "confidentiality required",
        14 => "SASL bind in progress",
        16 => "no such attribute",
        17 => "undefined attribute type",
        18 => "inappropriate matching",
        19 => "constraint violation",
        20 => "attribute or value exists",
        21 => "invalid attribute syntax",
        32 => "no such object",
        33 => "alias problem",
        34 => "invalid DN syntax",
        36 => "alias dereferencing problem",
        48 => "inappropriate authentication",
        49 => "invalid credentials",
        50 => "insufficient access rights",
        51 => "busy",
        52 => "unavailable",
        53 => "unwilling to perform",
        54 => "loop detect",
        64 => "naming violation",
        65 => "object class violation",
        66 => "not allowed on non-leaf",
        67 => "not allowed on RDN",
        68 => "entry already exists",
        69 => "object class mods prohibited",
        71 => "affects multiple DSAs",
        80 => "other",
        _ => FormattableString.Invariant($"result {code}"),
    };

    /// <summary>Gets the name of a well-known extended operation; one without a name is its identifier.</summary>
    public static string Extended(string identifier) => identifier switch
    {
        StartTls => "StartTLS",
        "1.3.6.1.4.1.4203.1.11.1" => "modify password",
        "1.3.6.1.4.1.4203.1.11.3" => "who am I",
        "1.3.6.1.1.8" => "cancel",
        "1.2.840.113556.1.4.1781" => "fast bind",
        "1.3.6.1.4.1.1466.101.119.1" => "refresh",
        _ => identifier,
    };
}
