using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>States the logins of SMB 1 that go without NTLM messages (MS-CIFS, 3.1.5.2): responses to the challenge of the negotiation, or passwords as they are.</summary>
internal sealed class Smb1PlainLogin(FlowContext flow, RecordBus bus)
{
    private const byte EncryptsPasswords = 2;
    private const int ChallengeLength = 8;
    private const int LongestPassword = 256;

    private readonly Emitter<CredentialSeen> _credentials = bus.Emitter<CredentialSeen>();
    private ulong? _challenge;
    private bool _isReadable;

    /// <summary>The server negotiated (MS-CIFS, 2.2.4.52.2).</summary>
    /// <param name="security">Its security mode.</param>
    /// <param name="bytes">What follows the words: the challenge comes first.</param>
    public void Negotiated(byte security, ReadOnlySpan<byte> bytes)
    {
        _isReadable = (security & EncryptsPasswords) == 0;
        _challenge = !_isReadable && bytes.Length >= ChallengeLength ? new WireReader(bytes).U64() : null;
    }

    /// <summary>A client logs in (MS-CIFS, 2.2.4.53.1); returns the login, or null if there is no secret in it.</summary>
    public CredentialSeen? Read(Direction direction, ReadOnlySpan<byte> lm, ReadOnlySpan<byte> nt, string user, string domain, FrameRef frame, Timestamp time)
    {
        if (!_credentials.IsWanted || user.Length == 0 || lm.Length + nt.Length < 2)
        {
            return null;
        }

        var seen = new CredentialSeen
        {
            Flow = flow.Id,
            Frame = frame,
            Time = time,
            Protocol = "smb",
            Scheme = "plain",
            Kind = CredentialKind.Password,
            Direction = direction,
            User = user,
            Realm = domain.Length == 0 ? null : domain,
        };
        if (_isReadable)
        {
            ReadOnlySpan<byte> password = lm.Length > 1 ? lm.TrimEnd((byte)0) : Utf16Text.UntilZero(nt);
            return password.IsEmpty || password.Length > LongestPassword ? null : seen with { Secret = Secret.From(lm.Length > 1 ? WireText.Decode(password) : Utf16Text.Decode(password)) };
        }

        NtlmResponseKind kind = NtlmReader.KindOf(lm, nt, "user"u8);
        HashLine? line = NtlmHash.Line(kind, user, domain, lm, nt, _challenge);
        return kind == NtlmResponseKind.Anonymous ? null : seen with
        {
            Scheme = kind == NtlmResponseKind.Version2 ? "ntlmv2" : kind == NtlmResponseKind.Lm ? "lm" : "ntlmv1",
            Kind = CredentialKind.Response,
            Secret = Secret.From(line?.Line),
            HashcatMode = line?.Mode,
        };
    }

    /// <summary>States a login.</summary>
    public void Tell(CredentialSeen login) => _credentials.Emit(login);
}
