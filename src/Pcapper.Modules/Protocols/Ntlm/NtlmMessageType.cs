namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>The three messages of NTLM (MS-NLMP, 2.2.1).</summary>
internal enum NtlmMessageType : uint
{
    /// <summary>The bytes are no NTLM message.</summary>
    None,

    /// <summary>What the client can do.</summary>
    Negotiate,

    /// <summary>The server's challenge.</summary>
    Challenge,

    /// <summary>The client's response.</summary>
    Authenticate,
}
