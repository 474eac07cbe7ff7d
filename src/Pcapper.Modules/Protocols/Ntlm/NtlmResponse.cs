namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>A client's response (MS-NLMP, 2.2.1.3).</summary>
internal sealed record NtlmResponse
{
    /// <summary>Gets the domain, raw.</summary>
    public required string Domain { get; init; }

    /// <summary>Gets the user, raw.</summary>
    public required string User { get; init; }

    /// <summary>Gets the client's name, raw.</summary>
    public required string Workstation { get; init; }

    /// <summary>Gets the flags.</summary>
    public required NtlmFlags Flags { get; init; }

    /// <summary>Gets the kind of response.</summary>
    public required NtlmResponseKind Kind { get; init; }

    /// <summary>Gets the LM response.</summary>
    public required ReadOnlyMemory<byte> Lm { get; init; }

    /// <summary>Gets the NT response.</summary>
    public required ReadOnlyMemory<byte> Nt { get; init; }

    /// <summary>Gets what an NTLMv2 response repeats of the server's names and adds, or null.</summary>
    public NtlmTargetInfo? TargetInfo { get; init; }
}
