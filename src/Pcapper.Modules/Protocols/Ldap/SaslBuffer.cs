using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>A buffer of a SASL security layer (RFC 4422, 3.7): after its four-byte length, the token of a mechanism.</summary>
/// <param name="IsSealed">Whether its content is encrypted.</param>
/// <param name="Start">Where the content starts in the token, if it can be read.</param>
/// <param name="Length">How long the content is.</param>
internal readonly record struct SaslBuffer(bool IsSealed, int Start, int Length)
{
    /// <summary>The fewest bytes of a token.</summary>
    public const int MinLength = 16;

    /// <summary>The most bytes of a token: what servers announce as their largest buffer.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>How many bytes of a token tell what it is.</summary>
    public const int Shown = 32;

    private const int WrapHeader = 16;
    private const int NtlmSignature = 16;
    private const int SealedFlag = 2;

    /// <summary>Tells whether bytes begin a Kerberos wrap token (RFC 4121, 4.2.6.2).</summary>
    public static bool IsKerberosWrap(ReadOnlySpan<byte> token) => token is [5, 4, <= 7, 0xFF, ..];

    /// <summary>Tells whether bytes begin an NTLM signature (MS-NLMP, 2.2.2.9).</summary>
    public static bool IsNtlm(ReadOnlySpan<byte> token) => token is [1, 0, 0, 0, ..];

    /// <summary>
    /// Judges a token of which at least the first <see cref="Shown"/> bytes, or all, are there: Kerberos (RFC 4121, 4.2.4), NTLM (MS-NLMP, 2.2.2.9),
    /// or one whose first bytes are an LDAP message.
    /// </summary>
    public static SaslBuffer Read(ReadOnlySpan<byte> token, int length)
    {
        if (IsKerberosWrap(token))
        {
            var reader = new WireReader(token);
            reader.Skip(2);
            bool isSealed = (reader.U8() & SealedFlag) != 0;
            reader.Skip(1);
            int extra = reader.U16();
            int rotation = reader.U16();

            // Signed only: the checksum of "extra" bytes is behind the content, or rotated before it.
            int start = WrapHeader + Math.Min(rotation, extra);
            return isSealed || reader.Overrun || start + (extra - Math.Min(rotation, extra)) >= length
                ? new SaslBuffer(true, 0, 0)
                : new SaslBuffer(false, start, length - WrapHeader - extra);
        }

        bool isNtlm = IsNtlm(token);
        int at = isNtlm ? NtlmSignature : 0;
        return token.Length > at && LdapHeader.Read(token[at..], out LdapHeader header) != Engine.ParseStatus.Malformed && (header.Length == 0 || header.Length <= length - at)
            ? new SaslBuffer(false, at, length - at)
            : new SaslBuffer(true, 0, 0);
    }
}
