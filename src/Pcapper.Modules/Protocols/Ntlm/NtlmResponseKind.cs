namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>How a client proves that it knows the password, told from the response itself (MS-NLMP, 3.3).</summary>
public enum NtlmResponseKind : byte
{
    /// <summary>No user and no response.</summary>
    Anonymous,

    /// <summary>LM only: DES of the LM hash.</summary>
    Lm,

    /// <summary>NTLMv1: DES of the NT hash over the server's challenge.</summary>
    Version1,

    /// <summary>NTLMv1 with extended session security: DES over both challenges.</summary>
    Version1Extended,

    /// <summary>NTLMv2: HMAC-MD5 over both challenges, the time and the server's names.</summary>
    Version2,
}
