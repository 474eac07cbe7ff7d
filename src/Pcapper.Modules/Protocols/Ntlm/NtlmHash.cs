using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>Writes a challenge and its response as programs that guess passwords read them.</summary>
public static class NtlmHash
{
    private const int Version1 = 5500;
    private const int Version2 = 5600;
    private const int ProofLength = 16;

    // What hashcat's parsers take: characters of user and domain, and bytes of the client's part.
    private const int LongestUser = 60;
    private const int LongestDomain = 45;
    private const int LongestBlob = 512;

    /// <summary>Writes the line for hashcat, mode 5500 (NTLMv1) or 5600 (NTLMv2); null if there is no challenge, nothing to guess, or something that hashcat does not take.</summary>
    public static HashLine? Line(NtlmAuthentication authentication)
    {
        if (authentication.ServerChallenge is not { } challenge)
        {
            return null;
        }

        if (authentication.User.Length > LongestUser || authentication.Domain.Length > LongestDomain || !IsName(authentication.User) || !IsName(authentication.Domain)
            || authentication.NtResponse.Length > ProofLength + LongestBlob)
        {
            return null;
        }

        string who = $"{authentication.User}::{authentication.Domain}";
        string asked = challenge.ToString("x16", CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> nt = authentication.NtResponse.Span;
        return authentication.Kind switch
        {
            NtlmResponseKind.Version1 or NtlmResponseKind.Version1Extended => new(Version1, $"{who}:{Hex(authentication.LmResponse.Span)}:{Hex(nt)}:{asked}"),
            NtlmResponseKind.Version2 => new(Version2, $"{who}:{asked}:{Hex(nt[..ProofLength])}:{Hex(nt[ProofLength..])}"),
            _ => null,
        };
    }

    // Colons separate fields, line ends end lines.
    private static bool IsName(string name) => !name.Contains(':', StringComparison.Ordinal) && !name.Any(char.IsControl) && !name.Any(char.IsSurrogate);

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
