using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;

namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>Reads the greeting and follows STARTTLS; mail is passed over.</summary>
internal sealed class SmtpParser(IProtocol protocol, FlowContext flow, RecordBus bus) : SaslLineParser(protocol, flow, bus)
{
    private bool _wasGreeted;
    private bool _isTold;
    private bool _isMailOffered;

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
            _isMailOffered = true;
        }
        else if (LineReader.Is(word, "BDAT"u8) && System.Buffers.Text.Utf8Parser.TryParse(arguments, out uint size, out _))
        {
            // RFC 3030, 2: so many bytes follow, whatever the server says to them.
            PassOver(size);
        }

        return LineOutcome.Next;
    }

    /// <inheritdoc/>
    protected override LineOutcome Answer(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        if (!Reply.TryRead(line, out int code, out bool isLast, out ReadOnlySpan<byte> text))
        {
            return LineOutcome.Next;
        }

        if (!_wasGreeted)
        {
            if (code == 220 && !_isTold)
            {
                Greet(direction, text, chunk);
            }

            _isTold = true;
            _wasGreeted = isLast;
            return LineOutcome.Next;
        }

        // A session that carries mail does not turn to TLS any more (RFC 5321, 4.1.1.4).
        if (code == 354 && _isMailOffered)
        {
            return LineOutcome.Finished;
        }

        if (code == 334)
        {
            Sasl.Challenge(direction, text, chunk);
        }
        else if (code == 235 || (code >= 400 && (Sasl.IsActive || Logins.IsUnsettled)))
        {
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
