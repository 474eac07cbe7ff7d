namespace Pcapper.Engine;

/// <summary>Kinds of indicators.</summary>
public enum IndicatorKind
{
    /// <summary>An IPv4 or IPv6 address.</summary>
    Address,

    /// <summary>A domain or host name.</summary>
    Domain,

    /// <summary>A URL.</summary>
    Url,

    /// <summary>A mail address.</summary>
    Email,

    /// <summary>An MD5 of a file.</summary>
    Md5,

    /// <summary>A SHA-1 of a file.</summary>
    Sha1,

    /// <summary>A SHA-256 of a file.</summary>
    Sha256,

    /// <summary>A file name.</summary>
    FileName,

    /// <summary>A SHA-256 of a certificate.</summary>
    Certificate,

    /// <summary>A JA3 of a TLS client.</summary>
    Ja3,

    /// <summary>A JA3S of a TLS server.</summary>
    Ja3s,

    /// <summary>A JA4 of a TLS client.</summary>
    Ja4,

    /// <summary>A HASSH of an SSH client or server.</summary>
    Hassh,

    /// <summary>A User-Agent of an HTTP client.</summary>
    UserAgent,

    /// <summary>A user name.</summary>
    User,

    /// <summary>A link address.</summary>
    Mac,
}
