using Pcapper.Engine;
using Pcapper.Modules.Protocols.Imap;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Sasl;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.ManageSieve;

/// <summary>Reads the greeting, logins and commands with their answers, passes over scripts, and follows STARTTLS.</summary>
internal sealed class ManageSieveParser(IProtocol protocol, FlowContext flow, RecordBus bus) : SaslLineParser(protocol, flow, bus)
{
    private const int LongestCommand = 16;

    private readonly Emitter<ManageSieveTransaction> _transactions = bus.Emitter<ManageSieveTransaction>();
    private readonly PendingCommands<ManageSieveTransaction> _pending = new();
    private readonly FlowId _flow = flow.Id;
    private bool _wasGreeted;
    private bool _isInCommand;

    /// <inheritdoc/>
    protected override bool WantsAll => base.WantsAll || _transactions.IsWanted;

    /// <inheritdoc/>
    public override void OnEnd()
    {
        base.OnEnd();
        while (_pending.Take() is { } transaction)
        {
            State(transaction);
        }
    }

    /// <inheritdoc/>
    protected override void Lost(Direction direction) => _isInCommand &= direction == Direction.ToOriginator;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> SaslMessage(ReadOnlySpan<byte> line) => Unquoted(line);

    /// <inheritdoc/>
    protected override LineOutcome Command(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        // Literals of clients are sent at once (RFC 5804, 4).
        bool hasLiteral = ImapText.TryLiteral(line, out long length, out _, out ReadOnlySpan<byte> text);
        if (!_isInCommand && !line.IsEmpty)
        {
            Begin(direction, hasLiteral ? text : line, hasLiteral ? length : null, chunk);
        }

        _isInCommand = hasLiteral;
        if (hasLiteral)
        {
            Follow(direction, new CountedBody(length, null));
        }

        return LineOutcome.Next;
    }

    /// <inheritdoc/>
    protected override LineOutcome Answer(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> status = LineReader.Word(line, out ReadOnlySpan<byte> rest);
        if (!LineReader.IsOneOf(status, "OK NO BYE"u8))
        {
            Between(direction, line, status, rest, chunk);
            return LineOutcome.Next;
        }

        bool isOk = LineReader.Is(status, "OK"u8);
        if (!_wasGreeted && _pending.Next is null)
        {
            _wasGreeted = true;
            return LineOutcome.Next;
        }

        _wasGreeted = true;
        ManageSieveTransaction? answered = _pending.Take();
        if (answered is not null)
        {
            State(answered with { Status = WireText.Decode(status).ToUpperInvariant(), ReplyFrame = chunk.Frame });
        }

        if (answered is null or { Command: "AUTHENTICATE" } && (Sasl.IsActive || Logins.IsUnsettled))
        {
            Sasl.Settle(isOk);
        }

        if (IsTlsAsked && answered is null or { Command: "STARTTLS" })
        {
            if (isOk)
            {
                return LineOutcome.Tls;
            }

            RefuseTls();
        }

        return LineOutcome.Next;
    }

    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        return text is [(byte)'"', .., (byte)'"'] ? text[1..^1] : text;
    }

    private void Between(Direction direction, ReadOnlySpan<byte> line, ReadOnlySpan<byte> first, ReadOnlySpan<byte> rest, in StreamChunk chunk)
    {
        if (ImapText.TryLiteral(line, out long length, out _, out _))
        {
            Follow(direction, new CountedBody(length, null));
        }
        else if (Sasl.IsActive && rest.IsEmpty)
        {
            Sasl.Challenge(direction, Unquoted(line), chunk);
        }
        else if (LineReader.Is(first, "\"IMPLEMENTATION\""u8))
        {
            Teller.Server(direction, Unquoted(rest), chunk);
        }
    }

    private void Begin(Direction direction, ReadOnlySpan<byte> line, long? script, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> word = LineReader.Word(line, out ReadOnlySpan<byte> arguments);
        if (word.Length > LongestCommand)
        {
            return;
        }

        string command = WireText.Decode(word).ToUpperInvariant();
        if (command == "STARTTLS")
        {
            AskTls(direction);
        }
        else if (command == "AUTHENTICATE")
        {
            ReadOnlySpan<byte> mechanism = Unquoted(LineReader.Word(arguments, out ReadOnlySpan<byte> initial));
            Sasl.Begin(direction, mechanism, Unquoted(initial), chunk);
        }

        var transaction = new ManageSieveTransaction
        {
            Flow = _flow,
            Frame = chunk.Frame,
            Time = chunk.Time,
            Command = command,
            Argument = ImapText.Word(arguments),
            ScriptBytes = command is "PUTSCRIPT" or "CHECKSCRIPT" ? script : null,
        };
        if (_pending.Add(transaction) is { } dropped)
        {
            State(dropped);
        }
    }

    private void State(ManageSieveTransaction transaction)
    {
        if (_transactions.IsWanted)
        {
            _transactions.Emit(transaction);
        }
    }
}
