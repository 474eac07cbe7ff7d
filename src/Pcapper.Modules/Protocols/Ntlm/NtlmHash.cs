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
    public static HashLine? Line(NtlmAuthentication authentication) => Line(
        authentication.Kind, authentication.User, authentication.Domain, authentication.LmResponse.Span, authentication.NtResponse.Span, authentication.ServerChallenge);

    /// <summary>Writes the same of what it is made of.</summary>
    internal static HashLine? Line(NtlmResponseKind kind, string user, string domain, ReadOnlySpan<byte> lm, ReadOnlySpan<byte> nt, ulong? serverChallenge)
    {
        if (serverChallenge is not { } challenge || user.Length > LongestUser || domain.Length > LongestDomain || !IsName(user) || !IsName(domain) || nt.Length > ProofLength + LongestBlob)
        {
            return null;
        }

        string who = $"{user}::{domain}";
        string asked = challenge.ToString("x16", CultureInfo.InvariantCulture);
        return kind switch
        {
            NtlmResponseKind.Version1 or NtlmResponseKind.Version1Extended => new(Version1, $"{who}:{Hex(lm)}:{Hex(nt)}:{asked}"),
            NtlmResponseKind.Version2 => new(Version2, $"{who}:{asked}:{Hex(nt[..ProofLength])}:{Hex(nt[ProofLength..])}"),
            _ => null,
        };
    }

    // Colons separate fields, line ends end lines.
    private static bool IsName(string name) => !name.Contains(':', StringComparison.Ordinal) && !name.Any(char.IsControl) && !name.Any(char.IsSurrogate);

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
