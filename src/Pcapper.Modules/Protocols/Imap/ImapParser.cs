using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>Reads greetings and ID (RFC 2971), and follows STARTTLS.</summary>
internal sealed class ImapParser(IProtocol protocol, FlowContext flow, RecordBus bus) : SaslLineParser(protocol, flow, bus)
{
    private const int MaxTag = 64;

    private bool _wasGreeted;
    private byte[] _tag = [];
    private byte[] _loginTag = [];
    private ImapLogin? _login;

    /// <inheritdoc/>
    protected override LineOutcome Command(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        if (_login is not null)
        {
            Login(direction, line, chunk);
            return LineOutcome.Next;
        }

        ReadOnlySpan<byte> tag = LineReader.Word(line, out ReadOnlySpan<byte> rest);
        ReadOnlySpan<byte> command = LineReader.Word(rest, out ReadOnlySpan<byte> arguments);
        if (LineReader.Is(command, "STARTTLS"u8) && tag.Length <= MaxTag)
        {
            _tag = tag.ToArray();
            AskTls(direction);
        }
        else if (LineReader.Is(command, "ID"u8) && ImapId.Software(arguments) is { Length: > 0 } software)
        {
            Teller.Client(direction, software, chunk);
        }
        else if (LineReader.Is(command, "LOGIN"u8) && tag.Length <= MaxTag)
        {
            _loginTag = tag.ToArray();
            _login = new ImapLogin();
            Login(direction, arguments, chunk);
        }
        else if (LineReader.Is(command, "AUTHENTICATE"u8) && tag.Length <= MaxTag)
        {
            _loginTag = tag.ToArray();
            Sasl.Begin(direction, LineReader.Word(arguments, out ReadOnlySpan<byte> initial), initial, chunk);
        }

        return LineOutcome.Next;
    }

    // RFC 9051, 6.2.3: user and password, each as an atom, a quoted string or a literal, which goes on in the next line.
    private void Login(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        if (!_login!.Take(line))
        {
            return;
        }

        if (_login.Texts is [var user, var password])
        {
            Logins.Ask(Logins.Seen(direction, "login", CredentialKind.Password, chunk) with { User = user, Secret = Secret.From(password) });
        }

        _login = null;
    }

    /// <inheritdoc/>
    protected override LineOutcome Answer(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> tag = LineReader.Word(line, out ReadOnlySpan<byte> rest);
        ReadOnlySpan<byte> status = LineReader.Word(rest, out ReadOnlySpan<byte> text);
        if (tag is [(byte)'+'])
        {
            Sasl.Challenge(direction, rest, chunk);
            return LineOutcome.Next;
        }

        if ((Logins.IsUnsettled || Sasl.IsActive) && tag.SequenceEqual(_loginTag))
        {
            Sasl.Settle(LineReader.Is(status, "OK"u8));
        }

        if (tag is [(byte)'*'])
        {
            if (!_wasGreeted)
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
        }
        else if (IsTlsAsked && tag.SequenceEqual(_tag))
        {
            if (LineReader.Is(status, "OK"u8))
            {
                return LineOutcome.Tls;
            }

            RefuseTls();
        }

        return LineOutcome.Next;
    }
}
