using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;

namespace Pcapper.Modules.Protocols.Pop3;

/// <summary>Reads the greeting and CAPA's implementation (RFC 2449, 6.9), and follows STLS.</summary>
internal sealed class Pop3Parser(IProtocol protocol, FlowContext flow, RecordBus bus) : SaslLineParser(protocol, flow, bus)
{
    private string _timestamp = string.Empty;
    private string? _user;
    private bool _wasGreeted;
    private long _commands;
    private long _answers;
    private long _firstMail;

    /// <inheritdoc/>
    protected override LineOutcome Command(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> command = LineReader.Word(line, out ReadOnlySpan<byte> argument);
        if (LineReader.Is(command, "STLS"u8))
        {
            AskTls(direction);
        }
        else if (LineReader.Is(command, "USER"u8))
        {
            Logins.End();
            _user = LoginTeller.Text(argument);
        }
        else if (LineReader.Is(command, "PASS"u8))
        {
            Logins.Ask(Logins.Seen(direction, "user-pass", CredentialKind.Password, chunk) with { User = _user, Secret = Secret.From(LoginTeller.Text(argument)) });
        }
        else if (LineReader.Is(command, "APOP"u8))
        {
            // RFC 1939, 7
            string user = LoginTeller.Text(LineReader.Word(argument, out ReadOnlySpan<byte> digest));
            string response = LoginTeller.Text(digest);
            HashLine? hash = SaslHash.Apop(_timestamp, response);
            Logins.Ask(Logins.Seen(direction, "apop", CredentialKind.Response, chunk) with
            {
                User = user,
                Secret = Secret.From(hash?.Line ?? $"{_timestamp} {response}"),
                OnWire = Secret.From(response),
                HashcatMode = hash?.Mode,
            });
        }
        else if (LineReader.Is(command, "AUTH"u8))
        {
            // RFC 5034, 4
            Sasl.Begin(direction, LineReader.Word(argument, out ReadOnlySpan<byte> initial), initial, chunk);
        }

        _commands++;
        if (LineReader.IsOneOf(command, "RETR TOP"u8))
        {
            _firstMail = _firstMail == 0 ? _commands : _firstMail;
        }

        return LineOutcome.Next;
    }

    /// <inheritdoc/>
    protected override LineOutcome Answer(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> status = LineReader.Word(line, out ReadOnlySpan<byte> text);
        bool isOk = LineReader.Is(status, "+OK"u8);
        if (line is [(byte)'+'] || line.StartsWith("+ "u8))
        {
            Sasl.Challenge(direction, text, chunk);
            return LineOutcome.Next;
        }

        if (_wasGreeted && Answers(isOk, LineReader.Is(status, "-ERR"u8)))
        {
            return LineOutcome.Finished;
        }

        if (_wasGreeted && (isOk || LineReader.Is(status, "-ERR"u8)) && (Logins.IsUnsettled || Sasl.IsActive))
        {
            Sasl.Settle(isOk);
        }

        if (!_wasGreeted && isOk)
        {
            _wasGreeted = true;
            int start = text.IndexOf((byte)'<');
            int end = text.LastIndexOf((byte)'>');
            _timestamp = start >= 0 && end > start ? LoginTeller.Text(text[start..(end + 1)]) : string.Empty;
            ReadOnlySpan<byte> greeting = GreetingText.Clean(text);
            if (GreetingText.IsTelling(greeting))
            {
                Teller.Server(direction, greeting, chunk);
            }
        }
        else if (LineReader.Is(status, "IMPLEMENTATION"u8))
        {
            Teller.Server(direction, text, chunk);
        }
        else if (IsTlsAsked && isOk)
        {
            return LineOutcome.Tls;
        }
        else if (IsTlsAsked && LineReader.Is(status, "-ERR"u8))
        {
            RefuseTls();
        }

        return LineOutcome.Next;
    }

    // Mail follows, and nothing more is wanted, where the server gives some: answers come in turn (RFC 1939, 3; RFC 2449, 6.8).
    private bool Answers(bool isOk, bool isError)
    {
        if (!isOk && !isError)
        {
            return false;
        }

        bool isMail = ++_answers >= _firstMail && _firstMail > 0;
        _firstMail = isMail ? 0 : _firstMail;
        return isMail && isOk;
    }
}
