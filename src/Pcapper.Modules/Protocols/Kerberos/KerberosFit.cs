namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>How well a reply fits a request.</summary>
internal enum KerberosFit
{
    /// <summary>It answers another one.</summary>
    None,

    /// <summary>Nothing speaks against it: names are missing, or a server may have changed them.</summary>
    Possible,

    /// <summary>All names that both have are the same.</summary>
    Names,
}
