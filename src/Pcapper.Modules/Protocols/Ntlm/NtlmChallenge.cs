namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>A server's challenge (MS-NLMP, 2.2.1.2).</summary>
internal sealed record NtlmChallenge
{
    /// <summary>Gets the eight random bytes, as a big-endian number.</summary>
    public required ulong ServerChallenge { get; init; }

    /// <summary>Gets the flags.</summary>
    public required NtlmFlags Flags { get; init; }

    /// <summary>Gets the domain or server, raw.</summary>
    public required string TargetName { get; init; }

    /// <summary>Gets the server's names, or null.</summary>
    public NtlmTargetInfo? TargetInfo { get; init; }
}
