using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>Reads the control connection: greetings, logins, commands with their replies; follows AUTH TLS.</summary>
internal sealed class FtpParser(IProtocol protocol, FlowContext flow, RecordBus bus) : LineParser(protocol, flow, bus)
{
    private readonly FtpSession _session = new(flow, bus);
    private bool _wasGreeted;
    private bool _isNamed;
    private string? _user;

    /// <inheritdoc/>
    protected override bool WantsAll => base.WantsAll || _session.IsWanted;

    /// <inheritdoc/>
    public override void OnEnd()
    {
        base.OnEnd();
        _session.End();
    }

    /// <inheritdoc/>
    protected override void Lost(Direction direction) => _session.Lost();

    /// <inheritdoc/>
    protected override LineOutcome TakeLine(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
        => direction == Direction.ToResponder ? Command(direction, line, chunk) : Answer(direction, line, chunk);

    private LineOutcome Command(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        // Telnet's interrupt and synch may stand in front of ABOR (RFC 959, 4.1.3).
        line = line.TrimStart("\xFF\xF4\xF2"u8);
        ReadOnlySpan<byte> word = LineReader.Word(line, out ReadOnlySpan<byte> argument);
        _session.Command(word, argument, chunk);
        if (LineReader.Is(word, "AUTH"u8))
        {
            AskTls(direction);
        }
        else if (LineReader.Is(word, "CLNT"u8))
        {
            Teller.Client(direction, argument, chunk);
        }
        else if (LineReader.Is(word, "USER"u8))
        {
            Logins.End();
            _user = LoginTeller.Text(argument);
        }
        else if (LineReader.Is(word, "PASS"u8))
        {
            Logins.Ask(Logins.Seen(direction, "user-pass", CredentialKind.Password, chunk) with { User = _user, Secret = Secret.From(LoginTeller.Text(argument)) });
        }

        return LineOutcome.Next;
    }

    private LineOutcome Answer(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        bool isReply = Reply.TryRead(line, out int code, out bool isLast, out ReadOnlySpan<byte> text);
        if (!_wasGreeted)
        {
            _wasGreeted = isReply && isLast;
            if (!isReply || code == 220)
            {
                Greet(direction, isReply ? text : line, _wasGreeted, chunk);
                return LineOutcome.Next;
            }
        }

        if (isReply && _session.IsInside(code))
        {
            return LineOutcome.Next;
        }

        if (isReply)
        {
            _session.Answer(code, isLast, text, chunk);
        }

        // RFC 959, 5.4: 230 lets in, 202 needs no password, 332 wants an account besides.
        if (isReply && Logins.IsUnsettled && code is 202 or 230 or 332 or (>= 400 and <= 599))
        {
            Logins.Settle(code < 400);
        }

        if (!IsTlsAsked || !isReply || !isLast)
        {
            return LineOutcome.Next;
        }

        // 334 asks for the data of another mechanism than TLS (RFC 2228, 5.1).
        if (code == 234)
        {
            return LineOutcome.Tls;
        }

        if (code >= 334)
        {
            RefuseTls();
        }

        return LineOutcome.Next;
    }

    // Greetings may have many lines; the one that names an FTP server is wanted, or else the last.
    private void Greet(Direction direction, ReadOnlySpan<byte> text, bool isLast, in StreamChunk chunk)
    {
        if (!_isNamed && (Reply.IsFile(text) || isLast))
        {
            _isNamed = true;
            ReadOnlySpan<byte> cleaned = GreetingText.Clean(text);
            if (cleaned is [(byte)'(', .., (byte)')'])
            {
                cleaned = cleaned[1..^1];
            }

            if (Reply.IsFile(cleaned) || GreetingText.IsTelling(cleaned))
            {
                Teller.Server(direction, cleaned, chunk);
            }
        }
    }
}
