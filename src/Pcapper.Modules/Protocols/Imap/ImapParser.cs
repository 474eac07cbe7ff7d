using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>Reads greetings and ID (RFC 2971), logins, commands with their answers, and the messages that are fetched and appended; follows STARTTLS.</summary>
internal sealed class ImapParser(IProtocol protocol, FlowContext flow, RecordBus bus) : SaslLineParser(protocol, flow, bus)
{
    private const int MaxTag = 64;

    private readonly ImapSession _session = new(flow, bus);
    private readonly ImapMails _mails = new(flow, bus);
    private bool _wasGreeted;
    private byte[] _tag = [];
    private byte[] _loginTag = [];
    private ImapLogin? _login;
    private (Direction Direction, Packets.FrameRef Frame, Packets.Timestamp Time) _loginAt;
    private string _command = string.Empty;
    private SmallLiteral? _literal;
    private long _literalLength;
    private bool _isInCommand;
    private bool _isInResponse;

    /// <inheritdoc/>
    protected override bool WantsAll => base.WantsAll || _session.IsWanted || _mails.IsWanted;

    /// <inheritdoc/>
    public override void OnEnd()
    {
        base.OnEnd();
        _mails.End();
        _session.End();
    }

    /// <inheritdoc/>
    protected override LineOutcome Command(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        bool hasLiteral = ImapText.TryLiteral(line, out long length, out bool isAtOnce, out ReadOnlySpan<byte> before);
        ReadOnlySpan<byte> text = hasLiteral ? before : line;
        if (_isInCommand)
        {
            _login?.Take(text);
        }
        else
        {
            Begin(direction, text, chunk);
        }

        _isInCommand = hasLiteral;
        if (hasLiteral)
        {
            Literal(direction, length, isAtOnce);
        }
        else
        {
            EndLogin();
        }

        return LineOutcome.Next;
    }

    /// <inheritdoc/>
    protected override LineBody? Data(Direction direction) => ClientLiteral();

    /// <inheritdoc/>
    protected override void BodyOver(Direction direction, LineBody body)
    {
        if (direction == Direction.ToOriginator)
        {
            _mails.FetchedOver();
        }
        else
        {
            LiteralOver();
        }
    }

    /// <inheritdoc/>
    protected override void Lost(Direction direction)
    {
        if (direction == Direction.ToOriginator)
        {
            _isInResponse = false;
        }
        else
        {
            (_isInCommand, _login) = (false, null);
        }
    }

    /// <inheritdoc/>
    protected override LineOutcome Answer(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> tag = LineReader.Word(line, out ReadOnlySpan<byte> rest);
        ReadOnlySpan<byte> status = LineReader.Word(rest, out ReadOnlySpan<byte> text);
        bool isUntagged = tag is [(byte)'*'];
        if (_isInResponse || (isUntagged && !LineReader.IsOneOf(status, "OK NO BAD BYE PREAUTH"u8)))
        {
            _mails.Response(line, !_isInResponse);
            _isInResponse = ImapText.TryLiteral(line, out long length, out _, out ReadOnlySpan<byte> before);
            if (_isInResponse)
            {
                Fetch(direction, before, length);
            }

            if (!isUntagged)
            {
                return LineOutcome.Next;
            }
        }

        if (tag is [(byte)'+'])
        {
            if (IsDataAsked)
            {
                GrantData();
            }
            else
            {
                Sasl.Challenge(direction, rest, chunk);
            }

            return LineOutcome.Next;
        }

        return isUntagged ? Untagged(direction, status, text, chunk) : Tagged(tag, status, text, chunk);
    }

    private void Begin(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> tag = LineReader.Word(line, out ReadOnlySpan<byte> rest);
        ReadOnlySpan<byte> command = LineReader.Word(rest, out ReadOnlySpan<byte> arguments);
        _command = _session.Command(tag, command, arguments, chunk);
        if (tag.Length > MaxTag)
        {
            return;
        }

        switch (_command)
        {
            case "STARTTLS":
                _tag = tag.ToArray();
                AskTls(direction);
                break;
            case "ID" when ImapId.Software(arguments) is { Length: > 0 } software:
                Teller.Client(direction, software, chunk);
                break;
            case "LOGIN":
                _loginTag = tag.ToArray();
                _login = new ImapLogin();
                _loginAt = (direction, chunk.Frame, chunk.Time);
                _login.Take(arguments);
                break;
            case "AUTHENTICATE":
                _loginTag = tag.ToArray();
                Sasl.Begin(direction, LineReader.Word(arguments, out ReadOnlySpan<byte> initial), initial, chunk);
                break;
        }
    }

    // The server may refuse a literal that it is asked for; the client then sends another command.
    private void Literal(Direction direction, long length, bool isAtOnce)
    {
        _literalLength = length;
        if (isAtOnce)
        {
            LineBody body = ClientLiteral();
            Follow(direction, body);
            if (body.IsOver)
            {
                LiteralOver();
            }
        }
        else
        {
            AskData(direction);
        }
    }

    private LineBody ClientLiteral()
    {
        if (_command == "APPEND")
        {
            return _mails.Appended(_literalLength);
        }

        _literal = new SmallLiteral();
        return new CountedBody(_literalLength, _literal);
    }

    private void LiteralOver()
    {
        if (_literal is { } literal)
        {
            _login?.TakeLiteral(literal.Bytes);
            _literal = null;
        }
        else
        {
            _mails.AppendedOver();
        }
    }

    // RFC 9051, 6.2.3: user and password, each as an atom, a quoted string or a literal, behind which the line goes on.
    private void EndLogin()
    {
        if (_login is { IsComplete: true, Texts: [var user, var password] })
        {
            _session.User = user;
            Logins.Ask(Logins.Seen(_loginAt.Direction, "login", CredentialKind.Password, _loginAt.Frame, _loginAt.Time) with { User = user, Secret = Secret.From(password) });
        }

        _login = null;
    }

    private void Fetch(Direction direction, ReadOnlySpan<byte> before, long length)
    {
        LineBody body = _mails.Fetched(before, length);
        Follow(direction, body);
        if (body.IsOver)
        {
            _mails.FetchedOver();
        }
    }

    private LineOutcome Untagged(Direction direction, ReadOnlySpan<byte> status, ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        if (!_wasGreeted && LineReader.IsOneOf(status, "OK PREAUTH BYE"u8))
        {
            _wasGreeted = true;
            ReadOnlySpan<byte> greeting = GreetingText.Clean(GreetingText.WithoutBrackets(text));
            if (GreetingText.IsTelling(greeting))
            {
                Teller.Server(direction, greeting, chunk);
            }
        }
        else if (LineReader.Is(status, "ID"u8) && ImapId.Software(text) is { Length: > 0 } software)
        {
            Teller.Server(direction, software, chunk);
        }

        return LineOutcome.Next;
    }

    private LineOutcome Tagged(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> status, ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        bool isOk = LineReader.Is(status, "OK"u8);
        if (IsDataAsked)
        {
            (_isInCommand, _login) = (false, null);
            RefuseData();
        }

        if ((Logins.IsUnsettled || Sasl.IsActive) && tag.SequenceEqual(_loginTag))
        {
            _session.User = Logins.User ?? _session.User;
            Sasl.Settle(isOk);
        }

        _session.Answer(tag, status, text, chunk);
        if (IsTlsAsked && tag.SequenceEqual(_tag))
        {
            if (isOk)
            {
                return LineOutcome.Tls;
            }

            RefuseTls();
        }

        return LineOutcome.Next;
    }
}
