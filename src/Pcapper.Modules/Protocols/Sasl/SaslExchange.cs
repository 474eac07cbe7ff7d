using System.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Sasl;

/// <summary>
/// Follows one SASL exchange after the other of a text protocol (RFC 4422), whose messages are base64: PLAIN, LOGIN, CRAM-MD5, DIGEST-MD5,
/// SCRAM, XOAUTH2, OAUTHBEARER, NTLM and GSSAPI.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="bus">Where records go.</param>
/// <param name="protocol">The protocol that carries it.</param>
/// <param name="logins">Where logins go.</param>
internal sealed class SaslExchange(FlowContext flow, RecordBus bus, string protocol, LoginTeller logins)
{
    private const int MaxMechanism = 20;    // RFC 4422, 3.1
    private const int MaxMessage = 8192;
    private const int MaxTranscript = 2048;

    private GssapiTracker? _tokens;
    private string _mechanism = string.Empty;
    private string _challenge = string.Empty;
    private string _first = string.Empty;
    private int _answers;

    /// <summary>Gets a value indicating whether the client's next lines are messages of an exchange.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The client names a mechanism, perhaps with its first message.</summary>
    public void Begin(Direction direction, ReadOnlySpan<byte> mechanism, ReadOnlySpan<byte> initial, in StreamChunk chunk)
    {
        if (mechanism.IsEmpty || mechanism.Length > MaxMechanism)
        {
            return;
        }

        logins.End();
        IsActive = true;
        _mechanism = Encoding.Latin1.GetString(mechanism).ToUpperInvariant();
        _challenge = _first = string.Empty;
        _answers = 0;
        if (!initial.IsEmpty)
        {
            // A single "=" is an empty message (RFC 4954, 4).
            Answer(direction, initial is [(byte)'='] ? default : initial, chunk);
        }
    }

    /// <summary>The server sends a message.</summary>
    public void Challenge(Direction direction, ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        if (!IsActive || Decode(text) is not { } message)
        {
            return;
        }

        if (IsToken)
        {
            Tokens.Take(direction, message, chunk.Frame, chunk.Time);
        }
        else if (message.Length > 0)
        {
            _challenge = Encoding.Latin1.GetString(message);
        }
    }

    /// <summary>The client sends a message; <c>*</c> gives up.</summary>
    public void Answer(Direction direction, ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        if (text is [(byte)'*'] || Decode(text) is not { } message)
        {
            IsActive = false;
            return;
        }

        _answers++;
        if (IsToken)
        {
            Tokens.Take(direction, message, chunk.Frame, chunk.Time);
        }
        else if (Login(direction, message, text, chunk) is { } login)
        {
            logins.Ask(login);
        }
    }

    /// <summary>The server tells how it went.</summary>
    public void Settle(bool success)
    {
        IsActive = false;
        logins.Settle(success);
        _tokens?.Ntlm.Settle(success, null);
    }

    /// <summary>The flow is over.</summary>
    public void End() => _tokens?.End();

    private bool IsToken => _mechanism is "NTLM" or "GSSAPI" or "GSS-SPNEGO";

    private GssapiTracker Tokens => _tokens ??= new GssapiTracker(flow, bus, protocol);

    private static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxMessage)
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(Encoding.Latin1.GetString(text), bytes, out int length) ? bytes[..length] : null;
    }

    private CredentialSeen? Login(Direction direction, byte[] message, ReadOnlySpan<byte> wire, in StreamChunk chunk)
    {
        CredentialSeen Seen(string scheme, CredentialKind kind, in StreamChunk at) => logins.Seen(direction, scheme, kind, at);

        string text = Encoding.UTF8.GetString(message);
        switch (_mechanism)
        {
            // RFC 4616, 2: authorization identity, user and password, separated by zeros.
            case "PLAIN" when text.Split('\0') is [var identity, var user, var password]:
                return Seen("plain", CredentialKind.Password, chunk) with { User = user.Length > 0 ? user : identity, Secret = Secret.From(password), OnWire = Secret.From(Encoding.Latin1.GetString(wire)) };

            case "LOGIN" when _answers == 1:
                _first = text;
                return null;
            case "LOGIN" when _answers == 2:
                return Seen("login", CredentialKind.Password, chunk) with { User = _first, Secret = Secret.From(text), OnWire = Secret.From(Encoding.Latin1.GetString(wire)) };

            // RFC 2195, 2: the user, a space, and HMAC-MD5 of the challenge in hexadecimal.
            case "CRAM-MD5" when text.LastIndexOf(' ') is > 0 and var space:
                HashLine? line = SaslHash.CramMd5(_challenge, text);
                return Seen("cram-md5", CredentialKind.Response, chunk) with
                {
                    User = text[..space],
                    Secret = Secret.From(line?.Line ?? $"{_challenge} {text}"),
                    HashcatMode = line?.Mode,
                    OnWire = Secret.From(text[(space + 1)..]),
                };
            case "DIGEST-MD5" when _answers == 1 && text.Contains("response", StringComparison.OrdinalIgnoreCase):
                return Seen("digest-md5", CredentialKind.Response, chunk) with { User = Value(text, "username"), Realm = Value(text, "realm"), Secret = Secret.From(Cut(text)) };
            case "XOAUTH2" or "OAUTHBEARER" when text.IndexOf("auth=Bearer ", StringComparison.OrdinalIgnoreCase) is >= 0 and var at:
                return Seen(_mechanism.ToLowerInvariant(), CredentialKind.Token, chunk) with { User = OAuthUser(text), Secret = Secret.From(text[(at + 12)..].Split('\x01')[0]) };
            default:
                return _mechanism.StartsWith("SCRAM-", StringComparison.Ordinal) ? Scram(Seen(_mechanism.ToLowerInvariant(), CredentialKind.Response, chunk), text) : null;
        }
    }

    // RFC 5802, 3: n,,n=user,r=nonce, then r=nonce,s=salt,i=count from the server, then c=…,r=…,p=proof.
    private CredentialSeen? Scram(CredentialSeen seen, string text)
    {
        if (_answers == 1)
        {
            _first = text;
            return null;
        }

        return text.Contains("p=", StringComparison.Ordinal)
            ? seen with { User = Attribute(_first, "n="), Secret = Secret.From(Cut($"{_first} {_challenge} {text}")) }
            : null;
    }

    private static string? OAuthUser(string text)
        => text.Split('\x01').Select(part => part.StartsWith("user=", StringComparison.OrdinalIgnoreCase) ? part[5..] : Attribute(part, "a=")).FirstOrDefault(user => user is not null);

    private static string? Attribute(string text, string name) => text.Split(',').FirstOrDefault(part => part.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    private static string? Value(string text, string name)
    {
        int at = text.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        string value = text[(at + name.Length + 1)..];
        return value.StartsWith('"') ? value[1..].Split('"')[0] : value.Split(',')[0];
    }

    private static string Cut(string text) => text.Length <= MaxTranscript ? text : text[..MaxTranscript];
}
