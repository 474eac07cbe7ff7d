using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;

namespace Pcapper.Modules.Protocols.Pop3;

/// <summary>Reads greetings, CAPA's implementation (RFC 2449, 6.9), logins, commands with their answers, and messages; follows STLS.</summary>
internal sealed class Pop3Parser(IProtocol protocol, FlowContext flow, RecordBus bus) : SaslLineParser(protocol, flow, bus)
{
    private string _timestamp = string.Empty;
    private string? _user;
    private readonly Pop3Session _session = new(flow, bus);
    private bool _wasGreeted;
    private bool _isCapabilities;

    /// <inheritdoc/>
    protected override bool WantsAll => base.WantsAll || _session.IsWanted;

    /// <inheritdoc/>
    public override void OnEnd()
    {
        base.OnEnd();
        _session.End();
    }

    /// <inheritdoc/>
    protected override void BodyOver(Direction direction, LineBody body) => _session.MessageOver(body is DotBody { HasEnd: true });

    /// <inheritdoc/>
    protected override void BodyGap(Direction direction)
    {
        // Whoever asks for more has the end, which was in the gap.
        if (direction == Direction.ToOriginator && _session.HasMore)
        {
            BreakBody(direction);
        }
    }

    /// <inheritdoc/>
    protected override void Lost(Direction direction)
    {
        _session.Lost();
        _isCapabilities = false;
    }

    /// <inheritdoc/>
    protected override LineOutcome Command(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        // Whoever asks for more has the end, which was in the gap.
        if (Followed(Direction.ToOriginator) is { HasGap: true })
        {
            BreakBody(Direction.ToOriginator);
        }

        ReadOnlySpan<byte> command = LineReader.Word(line, out ReadOnlySpan<byte> argument);
        _session.Command(command, argument, chunk);
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

        bool isAnswer = isOk || LineReader.Is(status, "-ERR"u8);
        if (_isCapabilities && !isAnswer)
        {
            _isCapabilities = line is not [(byte)'.'];
            if (LineReader.Is(status, "IMPLEMENTATION"u8))
            {
                Teller.Server(direction, text, chunk);
            }

            return LineOutcome.Next;
        }

        bool isGreeting = !_wasGreeted && isOk && !_session.HasPending;
        Pop3Request? answered = isAnswer && !isGreeting ? _session.Answer(isOk, text, chunk) : null;
        bool isOfLogin = answered is null || answered.Transaction.Command is "PASS" or "APOP" or "AUTH";
        if (isAnswer && !isGreeting && isOfLogin && (Logins.IsUnsettled || Sasl.IsActive))
        {
            Sasl.Settle(isOk);
        }

        _isCapabilities = isOk && answered?.Transaction.Command == "CAPA";
        if (isOk && answered is { IsMail: true } or { IsList: true } && !_isCapabilities)
        {
            Follow(direction, _session.Follow(answered));
        }

        bool isTlsAnswer = IsTlsAsked && isAnswer && (answered is null || answered.Transaction.Command == "STLS");
        _wasGreeted |= isAnswer;
        if (isGreeting)
        {
            int start = text.IndexOf((byte)'<');
            int end = text.LastIndexOf((byte)'>');
            _timestamp = start >= 0 && end > start ? LoginTeller.Text(text[start..(end + 1)]) : string.Empty;
            ReadOnlySpan<byte> greeting = GreetingText.Clean(text);
            if (GreetingText.IsTelling(greeting))
            {
                Teller.Server(direction, greeting, chunk);
            }
        }
        else if (isTlsAnswer && isOk)
        {
            return LineOutcome.Tls;
        }
        else if (isTlsAnswer)
        {
            RefuseTls();
        }

        return LineOutcome.Next;
    }
}
