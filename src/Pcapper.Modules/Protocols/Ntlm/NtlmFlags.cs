namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>What the two sides negotiate (MS-NLMP, 2.2.2.5); others are kept as they are.</summary>
[Flags]
public enum NtlmFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Texts are UTF-16.</summary>
    Unicode = 0x00000001,

    /// <summary>Messages are signed.</summary>
    Sign = 0x00000010,

    /// <summary>Messages are encrypted.</summary>
    Seal = 0x00000020,

    /// <summary>NTLM authentication.</summary>
    Ntlm = 0x00000200,

    /// <summary>The client stays anonymous.</summary>
    Anonymous = 0x00000800,

    /// <summary>The target is a domain.</summary>
    TargetTypeDomain = 0x00010000,

    /// <summary>Extended session security: the client adds a challenge of its own.</summary>
    ExtendedSessionSecurity = 0x00080000,

    /// <summary>The challenge tells names of the server.</summary>
    TargetInfo = 0x00800000,
}
