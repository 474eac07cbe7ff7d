namespace Pcapper.Modules.Protocols.Gssapi;

/// <summary>Mechanisms that GSS-API and SPNEGO can agree on.</summary>
internal enum GssapiMechanism
{
    /// <summary>None seen yet.</summary>
    None,

    /// <summary>NTLM (MS-NLMP).</summary>
    Ntlm,

    /// <summary>Kerberos (RFC 4121).</summary>
    Kerberos,

    /// <summary>NEGOEX (MS-NEGOEX), which negotiates further.</summary>
    NegoEx,

    /// <summary>One that is not looked into.</summary>
    Other,
}
