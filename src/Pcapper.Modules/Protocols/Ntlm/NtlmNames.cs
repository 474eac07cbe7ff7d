namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>What people call things of NTLM.</summary>
internal static class NtlmNames
{
    /// <summary>Names a kind of response.</summary>
    public static string Kind(NtlmResponseKind kind) => kind switch
    {
        NtlmResponseKind.Anonymous => "anonymous",
        NtlmResponseKind.Lm => "LM",
        NtlmResponseKind.Version1 => "NTLMv1",
        NtlmResponseKind.Version1Extended => "NTLMv1 with session security",
        NtlmResponseKind.Version2 => "NTLMv2",
        _ => "unknown",
    };
}
