using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Postgresql;

/// <summary>Reads how a session begins, and follows the request for TLS; queries are passed over.</summary>
internal sealed class PostgresqlParser(FlowContext flow, RecordBus bus) : FlowParser
{
    /// <summary>Asks for TLS.</summary>
    public const uint SslRequest = 80877103;

    /// <summary>Asks for GSSAPI encryption.</summary>
    public const uint GssRequest = 80877104;

    /// <summary>Asks to cancel a query.</summary>
    public const uint CancelRequest = 80877102;

    /// <summary>The longest startup message that servers accept (MAX_STARTUP_PACKET_LENGTH).</summary>
    public const int MaxStartup = 10_000;

    private const int Header = 5;
    private const uint Cleartext = 3;
    private const uint Md5 = 5;
    private const uint Sasl = 10;
    private const uint SaslContinue = 11;
    private const int MostMessages = 64;
    private const int MaxParameter = 4096;
    private const int LongestTranscript = 2048;

    private readonly SoftwareTeller _teller = new(flow, bus, "postgresql");
    private readonly LoginTeller _logins = new(flow, bus, "postgresql");
    private string? _user;
    private string? _database;
    private uint _method;
    private byte[] _salt = [];
    private string _transcript = string.Empty;
    private uint _asked;
    private bool _wasStarted;
    private bool _sentSecret;
    private int _messages;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
        => direction == Direction.ToResponder ? Client(direction, chunk) : Server(direction, chunk);

    private ParseResult Client(Direction direction, in StreamChunk chunk)
    {
        if (_wasStarted)
        {
            return Password(direction, chunk);
        }

        if (_asked != 0)
        {
            return LineReader.IsTls(chunk.Bytes) ? ParseResult.Upgrade(0, "tls") : ParseResult.NeedMore(chunk.Bytes.Length + 1L);
        }

        var reader = new WireReader(chunk.Bytes);
        uint length = reader.U32();
        uint code = reader.U32();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(8);
        }

        switch (code)
        {
            case SslRequest or GssRequest when length == 8:
                _asked = code;
                return ParseResult.Done(8);
            case CancelRequest:
                return ParseResult.Finished;
            case >= 0x0003_0000 and <= 0x0003_FFFF when length is >= 8 and <= MaxStartup:
                ReadOnlySpan<byte> parameters = reader.Take((int)length - 8);
                if (reader.Overrun)
                {
                    return ParseResult.NeedMore(length);
                }

                _wasStarted = true;
                _user = LoginTeller.Text(Parameter(parameters, "user"u8));
                _database = Parameter(parameters, "database"u8) is { IsEmpty: false } database ? LoginTeller.Text(database) : null;
                _teller.Client(direction, Parameter(parameters, "application_name"u8), chunk);
                return ParseResult.Done(length);
            default:
                return ParseResult.NotThisProtocol();
        }
    }

    private ParseResult Server(Direction direction, in StreamChunk chunk)
    {
        byte type = chunk.Bytes.IsEmpty ? (byte)0 : chunk.Bytes[0];
        if (_asked != 0 && type is (byte)'S' or (byte)'N' or (byte)'G')
        {
            bool isAccepted = type == 'S' && _asked == SslRequest;
            _asked = 0;
            return isAccepted ? ParseResult.Upgrade(1, "tls") : type == 'G' ? ParseResult.Finished : ParseResult.Done(1);
        }

        _asked = 0;
        var reader = new WireReader(chunk.Bytes);
        reader.U8();
        uint length = reader.U32();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(Header);
        }

        if (length is < 4 or > MaxParameter || ++_messages > MostMessages)
        {
            return ParseResult.Finished;
        }

        ReadOnlySpan<byte> body = reader.Take((int)length - 4);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(1 + length);
        }

        if (type == 'R')
        {
            Authentication(body);
        }
        else if (type == 'E')
        {
            _logins.Settle(false);
        }

        if (type == 'R' && body is [0, 0, 0, 0] && _wasStarted && _messages == 1 && !_sentSecret)
        {
            _teller.LetIn(direction, "accepted a session without asking for a secret", chunk);
        }
        else if (type == 'S' && Parameter(body, "server_version"u8) is { IsEmpty: false } version)
        {
            _teller.Server(direction, "PostgreSQL", version, chunk);
            return ParseResult.Finished;
        }

        return type == 'Z' ? ParseResult.Finished : ParseResult.Done(1 + length);
    }

    /// <inheritdoc/>
    public override void OnEnd() => _logins.End();

    // Passwords and SASL messages come as 'p'; with anything else the login is over.
    private ParseResult Password(Direction direction, in StreamChunk chunk)
    {
        var reader = new WireReader(chunk.Bytes);
        byte type = reader.U8();
        uint length = reader.U32();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(Header);
        }

        _sentSecret |= type == 'p';
        if (type != 'p' || length is < 4 or > MaxParameter)
        {
            return ParseResult.Finished;
        }

        ReadOnlySpan<byte> body = reader.Take((int)length - 4);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(1 + length);
        }

        if (_logins.IsWanted && Login(direction, body, chunk) is { } login)
        {
            _logins.Ask(login with { User = _user, Realm = _database });
        }

        return ParseResult.Done(1 + length);
    }

    private CredentialSeen? Login(Direction direction, ReadOnlySpan<byte> body, in StreamChunk chunk)
    {
        string text = LoginTeller.Text(body.IndexOf((byte)0) is >= 0 and var end && _method is Cleartext or Md5 ? body[..end] : body);
        switch (_method)
        {
            case Cleartext:
                return _logins.Seen(direction, "password", CredentialKind.Password, chunk) with { Secret = Secret.From(text) };
            case Md5:
                HashLine? line = Line(text);
                return _logins.Seen(direction, "md5", CredentialKind.Response, chunk) with { Secret = Secret.From(line?.Line ?? text), OnWire = Secret.From(text), HashcatMode = line?.Mode };
            case Sasl or SaslContinue:
                // RFC 5802: the proof comes with the client's second message.
                _transcript = $"{_transcript} {text}".TrimStart();
                _transcript = _transcript[..Math.Min(_transcript.Length, LongestTranscript)];
                return text.Contains("p=", StringComparison.Ordinal) ? _logins.Seen(direction, "scram", CredentialKind.Response, chunk) with { Secret = Secret.From(_transcript) } : null;
            default:
                return null;
        }
    }

    // AuthenticationMD5Password: MD5 of MD5 of password and user, and the salt (mode 11100).
    private HashLine? Line(string response)
    {
        const int LongestUser = 32;
        bool isMd5 = response.Length == 35 && response.StartsWith("md5", StringComparison.Ordinal) && response[3..].All(char.IsAsciiHexDigitLower);
        return isMd5 && _salt.Length == 4 && _user is { Length: > 0 and <= LongestUser } user && !user.Contains('*', StringComparison.Ordinal) && !user.Any(char.IsControl)
            ? new(11100, $"$postgres${user}*{Convert.ToHexStringLower(_salt)}*{response[3..]}") : null;
    }

    private void Authentication(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        uint method = reader.U32();
        switch (method)
        {
            case 0 when !reader.Overrun:
                _logins.Settle(true);
                break;
            case Md5:
                _salt = reader.Take(4).ToArray();
                break;
            case SaslContinue:
                _transcript = $"{_transcript} {LoginTeller.Text(reader.Rest)}";
                break;
        }

        _method = method;
    }

    // Names and values alternate, each ended by a zero.
    private static ReadOnlySpan<byte> Parameter(ReadOnlySpan<byte> list, ReadOnlySpan<byte> wanted)
    {
        while (list.IndexOf((byte)0) is > 0 and var end)
        {
            ReadOnlySpan<byte> name = list[..end];
            list = list[(end + 1)..];
            int last = list.IndexOf((byte)0);
            if (last < 0)
            {
                return default;
            }

            if (name.SequenceEqual(wanted))
            {
                return list[..last];
            }

            list = list[(last + 1)..];
        }

        return default;
    }
}
