using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;

namespace Pcapper.Modules.Protocols.Irc;

/// <summary>Reads the server's version, the client's answer to CTCP VERSION and passwords, and follows STARTTLS.</summary>
internal sealed class IrcParser : LineParser
{
    private readonly SaslExchange _sasl;
    private string? _nick;
    private string? _password;

    public IrcParser(IProtocol protocol, FlowContext flow, RecordBus bus)
        : base(protocol, flow, bus) => _sasl = new SaslExchange(flow, bus, protocol.Name, Logins);

    /// <inheritdoc/>
    public override void OnEnd()
    {
        base.OnEnd();
        _sasl.End();
    }

    /// <inheritdoc/>
    protected override LineOutcome TakeLine(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> command = IrcMessage.Command(line, out ReadOnlySpan<byte> parameters);
        if (direction == Direction.ToResponder)
        {
            if (LineReader.Is(command, "STARTTLS"u8))
            {
                AskTls(direction);
            }
            else if (LineReader.Is(command, "NOTICE"u8) && parameters.IndexOf("\x01VERSION "u8) is > 0 and var at)
            {
                Teller.Client(direction, parameters[(at + 9)..].TrimEnd((byte)1), chunk);
            }
            else if (Logins.IsWanted)
            {
                Login(direction, command, parameters, chunk);
            }

            return LineOutcome.Next;
        }

        if (LineReader.Is(command, "AUTHENTICATE"u8))
        {
            _sasl.Challenge(direction, parameters is [(byte)'+'] ? default : parameters, chunk);
        }
        else if (Settles(command) is { } success && (Logins.IsUnsettled || _sasl.IsActive))
        {
            _sasl.Settle(success);
        }

        // RPL_MYINFO: "nick server version modes" (RFC 2812, 5.1).
        if (command.SequenceEqual("004"u8))
        {
            LineReader.Word(parameters, out ReadOnlySpan<byte> rest);
            LineReader.Word(rest, out rest);
            Teller.Server(direction, LineReader.Word(rest, out _), chunk);
        }
        else if (IsTlsAsked && command.SequenceEqual("670"u8))
        {
            return LineOutcome.Tls;
        }
        else if (IsTlsAsked && (command.SequenceEqual("691"u8) || command.SequenceEqual("421"u8) || command.SequenceEqual("451"u8)))
        {
            RefuseTls();
        }

        return LineOutcome.Next;
    }

    // 001, 381, 900 and 903 let in; 464, 491 and 902 to 906 refuse (RFC 2812, 5; IRCv3 SASL).
    private static bool? Settles(ReadOnlySpan<byte> command) => command switch
    {
        [(byte)'0', (byte)'0', (byte)'1'] or [(byte)'3', (byte)'8', (byte)'1'] or [(byte)'9', (byte)'0', (byte)'0' or (byte)'3'] => true,
        [(byte)'4', (byte)'6', (byte)'4'] or [(byte)'4', (byte)'9', (byte)'1'] or [(byte)'9', (byte)'0', (byte)'2' or (byte)'4' or (byte)'5' or (byte)'6'] => false,
        _ => null,
    };

    // RFC 2812, 3.1: PASS comes before NICK; OPER has a name of its own. Services take passwords as messages.
    private void Login(Direction direction, ReadOnlySpan<byte> command, ReadOnlySpan<byte> parameters, in StreamChunk chunk)
    {
        if (LineReader.Is(command, "PASS"u8))
        {
            _password = LoginTeller.Text(parameters.TrimStart((byte)':'));
        }
        else if (LineReader.Is(command, "NICK"u8))
        {
            _nick = LoginTeller.Text(LineReader.Word(parameters.TrimStart((byte)':'), out _));
            if (_password is { Length: > 0 } password)
            {
                _password = null;
                Logins.Ask(Logins.Seen(direction, "pass", CredentialKind.Password, chunk) with { User = _nick, Secret = Secret.From(password) });
            }
        }
        else if (LineReader.Is(command, "OPER"u8))
        {
            string name = LoginTeller.Text(LineReader.Word(parameters, out ReadOnlySpan<byte> secret));
            Logins.Ask(Logins.Seen(direction, "oper", CredentialKind.Password, chunk) with { User = name, Secret = Secret.From(LoginTeller.Text(secret.TrimStart((byte)':'))) });
        }
        else if (LineReader.Is(command, "AUTHENTICATE"u8))
        {
            if (_sasl.IsActive)
            {
                _sasl.Answer(direction, parameters, chunk);
            }
            else
            {
                _sasl.Begin(direction, parameters, default, chunk);
            }
        }
        else if (LineReader.Is(command, "PRIVMSG"u8))
        {
            Identify(direction, parameters, chunk);
        }
    }

    // PRIVMSG NickServ :IDENTIFY [name] password
    private void Identify(Direction direction, ReadOnlySpan<byte> parameters, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> target = LineReader.Word(parameters, out ReadOnlySpan<byte> text);
        ReadOnlySpan<byte> word = LineReader.Word(text.TrimStart((byte)':'), out ReadOnlySpan<byte> rest);
        if (!LineReader.Begins(target, "NickServ"u8) || !LineReader.Is(word, "IDENTIFY"u8) || rest.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> first = LineReader.Word(rest, out ReadOnlySpan<byte> second);
        Logins.Tell(Logins.Seen(direction, "nickserv", CredentialKind.Password, chunk) with
        {
            User = second.IsEmpty ? _nick : LoginTeller.Text(first),
            Secret = Secret.From(LoginTeller.Text(second.IsEmpty ? first : second)),
        });
    }
}
