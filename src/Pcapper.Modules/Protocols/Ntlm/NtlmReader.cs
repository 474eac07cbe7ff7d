using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>Reads NTLM messages (MS-NLMP, 2.2.1) out of whatever carries them.</summary>
internal static class NtlmReader
{
    private const int DesResponse = 24;      // MS-NLMP, 3.3.1: three DES blocks
    private const int ClientChallenge = 8;
    private const int ProofLength = 16;      // NTProofStr
    private const int PairsOffset = 28;      // of NTLMv2_CLIENT_CHALLENGE, 2.2.2.7
    private const int MostResponse = 4096;

    /// <summary>Gets what each message begins with.</summary>
    public static ReadOnlySpan<byte> Signature => "NTLMSSP\0"u8;

    /// <summary>Tells which message the bytes are.</summary>
    public static NtlmMessageType Type(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        ReadOnlySpan<byte> signature = reader.Take(Signature.Length);
        var type = (NtlmMessageType)reader.U32Little();
        return !reader.Overrun && signature.SequenceEqual(Signature) && type <= NtlmMessageType.Authenticate ? type : NtlmMessageType.None;
    }

    /// <summary>Reads a challenge; null if it is too short.</summary>
    public static NtlmChallenge? Challenge(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        reader.Skip(Signature.Length + 4);
        ReadOnlySpan<byte> target = Field(ref reader, message);
        var flags = (NtlmFlags)reader.U32Little();
        ulong challenge = reader.U64();
        if (reader.Overrun)
        {
            return null;
        }

        reader.Skip(8);
        ReadOnlySpan<byte> info = Field(ref reader, message);
        return new NtlmChallenge
        {
            ServerChallenge = challenge,
            Flags = flags,
            TargetName = Utf16Text.Decode(target, (flags & NtlmFlags.Unicode) != 0),
            TargetInfo = info.IsEmpty ? null : NtlmTargetInfo.Read(info),
        };
    }

    /// <summary>Reads a response; null if it is too short.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="negotiated">The flags of the challenge: the oldest clients send none of their own.</param>
    public static NtlmResponse? Response(ReadOnlySpan<byte> message, NtlmFlags negotiated)
    {
        var reader = new WireReader(message);
        reader.Skip(Signature.Length + 4);
        ReadOnlySpan<byte> lm = Field(ref reader, message);
        ReadOnlySpan<byte> nt = Field(ref reader, message);
        ReadOnlySpan<byte> domain = Field(ref reader, message);
        ReadOnlySpan<byte> user = Field(ref reader, message);
        ReadOnlySpan<byte> workstation = Field(ref reader, message);
        if (reader.Overrun)
        {
            return null;
        }

        Field(ref reader, message);   // the encrypted session key
        var flags = (NtlmFlags)reader.U32Little();
        flags = reader.Overrun ? negotiated : flags;
        bool isUnicode = (flags & NtlmFlags.Unicode) != 0;
        return new NtlmResponse
        {
            Domain = Utf16Text.Decode(domain, isUnicode),
            User = Utf16Text.Decode(user, isUnicode),
            Workstation = Utf16Text.Decode(workstation, isUnicode),
            Flags = flags,
            Kind = KindOf(lm, nt, user),
            Lm = lm[..Math.Min(lm.Length, MostResponse)].ToArray(),
            Nt = nt[..Math.Min(nt.Length, MostResponse)].ToArray(),
            TargetInfo = nt.Length > ProofLength + PairsOffset ? NtlmTargetInfo.Read(nt[(ProofLength + PairsOffset)..]) : null,
        };
    }

    /// <summary>Tells from a response how it was made.</summary>
    public static NtlmResponseKind KindOf(ReadOnlySpan<byte> lm, ReadOnlySpan<byte> nt, ReadOnlySpan<byte> user)
    {
        if (user.IsEmpty)
        {
            return NtlmResponseKind.Anonymous;
        }

        if (nt.Length > DesResponse)
        {
            return NtlmResponseKind.Version2;
        }

        if (nt.Length == DesResponse)
        {
            // The client's challenge and zeros stand where the LM response would be.
            bool isExtended = lm.Length == DesResponse && !lm[ClientChallenge..].ContainsAnyExcept((byte)0) && lm[..ClientChallenge].ContainsAnyExcept((byte)0);
            return isExtended ? NtlmResponseKind.Version1Extended : NtlmResponseKind.Version1;
        }

        return lm.Length == DesResponse ? NtlmResponseKind.Lm : NtlmResponseKind.Anonymous;
    }

    // A field is a length, its maximum and an offset from the start of the message (2.2.2); one that points outside counts as empty.
    private static ReadOnlySpan<byte> Field(ref WireReader reader, ReadOnlySpan<byte> message)
    {
        ushort length = reader.U16Little();
        reader.Skip(2);
        uint offset = reader.U32Little();
        return !reader.Overrun && offset <= message.Length && length <= message.Length - offset ? message.Slice((int)offset, length) : default;
    }
}
