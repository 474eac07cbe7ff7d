using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;

namespace Pcapper.Modules.Protocols.Pop3;

/// <summary>Reads the greeting and CAPA's implementation (RFC 2449, 6.9), and follows STLS.</summary>
internal sealed class Pop3Parser : LineParser
{
    private readonly SaslExchange _sasl;
    private string _timestamp = string.Empty;
    private string? _user;
    private bool _wasGreeted;

    public Pop3Parser(IProtocol protocol, FlowContext flow, RecordBus bus)
        : base(protocol, flow, bus) => _sasl = new SaslExchange(flow, bus, protocol.Name, Logins);

    /// <inheritdoc/>
    public override void OnEnd()
    {
        base.OnEnd();
        _sasl.End();
    }

    /// <inheritdoc/>
    protected override LineOutcome TakeLine(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
        => direction == Direction.ToResponder ? Command(direction, line, chunk) : Answer(direction, line, chunk);

    private LineOutcome Command(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        if (_sasl.IsActive)
        {
            _sasl.Answer(direction, line, chunk);
            return LineOutcome.Next;
        }

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
            _sasl.Begin(direction, LineReader.Word(argument, out ReadOnlySpan<byte> initial), initial, chunk);
        }

        return LineReader.IsOneOf(command, "RETR TOP"u8) ? LineOutcome.Finished : LineOutcome.Next;
    }

    private LineOutcome Answer(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> status = LineReader.Word(line, out ReadOnlySpan<byte> text);
        bool isOk = LineReader.Is(status, "+OK"u8);
        if (line is [(byte)'+'] || line.StartsWith("+ "u8))
        {
            _sasl.Challenge(direction, text, chunk);
            return LineOutcome.Next;
        }

        if (_wasGreeted && (isOk || LineReader.Is(status, "-ERR"u8)) && (Logins.IsUnsettled || _sasl.IsActive))
        {
            _sasl.Settle(isOk);
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
}
