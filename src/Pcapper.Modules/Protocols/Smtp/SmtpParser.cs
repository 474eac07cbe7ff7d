using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;

namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>Reads greetings, logins and mail transactions, and follows STARTTLS.</summary>
internal sealed class SmtpParser(IProtocol protocol, FlowContext flow, RecordBus bus) : SaslLineParser(protocol, flow, bus)
{
    private readonly SmtpSession _session = new(flow, bus);
    private bool _wasGreeted;
    private bool _isTold;
    private (int Code, byte[] Line)? _early;

    /// <inheritdoc/>
    protected override bool WantsAll => base.WantsAll || _session.IsWanted;

    /// <inheritdoc/>
    public override void OnEnd()
    {
        base.OnEnd();
        _session.End();
    }

    /// <inheritdoc/>
    protected override LineOutcome Command(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> word = LineReader.Word(line, out ReadOnlySpan<byte> arguments);
        if (LineReader.Is(word, "STARTTLS"u8))
        {
            AskTls(direction);
        }
        else if (LineReader.Is(word, "AUTH"u8))
        {
            // RFC 4954, 4
            Sasl.Begin(direction, LineReader.Word(arguments, out ReadOnlySpan<byte> initial), initial, chunk);
        }
        else if (LineReader.Is(word, "DATA"u8))
        {
            AskData(direction);
        }

        // RFC 3030, 2: so many bytes follow BDAT, whatever the server says to them.
        if (_session.Command(word, arguments, chunk) is { Bytes: > 0 } body)
        {
            Follow(direction, new CountedBody(body.Bytes, body.Sink));
        }

        return LineOutcome.Next;
    }

    /// <inheritdoc/>
    protected override LineBody? Data(Direction direction) => _session.Data();

    /// <inheritdoc/>
    protected override void BodyOver(Direction direction, LineBody body)
    {
        _early = null;
        if (body is DotBody dots)
        {
            _session.DataOver(dots.HasEnd);
        }
    }

    /// <inheritdoc/>
    protected override void BodyGap(Direction direction)
    {
        // The final dot was in the gap: the answer to the message is there already.
        if (direction == Direction.ToResponder && _early is { } answer && Followed(direction) is DotBody)
        {
            BreakBody(direction);
            _session.Answer(answer.Code, answer.Line);
        }
    }

    /// <inheritdoc/>
    protected override void Lost(Direction direction) => _session.Lost();

    /// <inheritdoc/>
    protected override LineOutcome Answer(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        if (!Reply.TryRead(line, out int code, out bool isLast, out ReadOnlySpan<byte> text))
        {
            return LineOutcome.Next;
        }

        if (!_wasGreeted && (code is 220 or 421 or 554) && !_session.HasPending)
        {
            if (code == 220 && !_isTold)
            {
                Greet(direction, text, chunk);
            }

            _isTold = true;
            _wasGreeted = isLast;
            return LineOutcome.Next;
        }

        _wasGreeted = true;
        SmtpCommand? answered = isLast ? _session.Answer(code, line) : null;
        if (answered == SmtpCommand.Data && IsDataAsked)
        {
            if (code == 354)
            {
                GrantData();
            }
            else
            {
                RefuseData();
            }
        }
        else if (isLast && answered is null && code != 334)
        {
            Unexpected(code, line);
        }

        if (code == 334)
        {
            Sasl.Challenge(direction, text, chunk);
        }
        else if (code == 235 || (code >= 400 && (Sasl.IsActive || Logins.IsUnsettled)))
        {
            _session.User = code == 235 ? Logins.User ?? _session.User : _session.User;
            Sasl.Settle(code == 235);
        }

        if (!IsTlsAsked || !isLast)
        {
            return LineOutcome.Next;
        }

        if (code == 220)
        {
            return LineOutcome.Tls;
        }

        // Replies to commands sent before may still come; only a refusal ends the wait.
        if (code >= 400)
        {
            RefuseTls();
        }

        return LineOutcome.Next;
    }

    // An answer to nothing that was seen: leave to send data, or the end of a message, was in a gap.
    private void Unexpected(int code, ReadOnlySpan<byte> line)
    {
        if (IsDataAsked)
        {
            GrantData();
        }
        else if (Followed(Direction.ToResponder) is DotBody { HasGap: true })
        {
            BreakBody(Direction.ToResponder);
        }
        else if (Followed(Direction.ToResponder) is DotBody)
        {
            _early = (code, line.ToArray());
            return;
        }
        else
        {
            return;
        }

        if (code != 354)
        {
            _session.Answer(code, line);
        }
    }

    // "220 mx.example.org ESMTP Postfix (Debian/GNU)": the host's name comes first (RFC 5321, 4.2).
    private void Greet(Direction direction, ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> first = LineReader.Word(text, out ReadOnlySpan<byte> rest);
        ReadOnlySpan<byte> software = GreetingText.Clean(LineReader.IsOneOf(first, "ESMTP SMTP LMTP"u8) ? text : rest);
        ReadOnlySpan<byte> word = LineReader.Word(software, out rest);
        software = LineReader.IsOneOf(word, "ESMTP SMTP LMTP"u8) ? rest : software;
        if (GreetingText.IsTelling(software))
        {
            Teller.Server(direction, software, chunk);
        }
    }
}
