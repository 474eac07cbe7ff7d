using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>Reads greetings and ID (RFC 2971), and follows STARTTLS.</summary>
internal sealed class ImapParser(IProtocol protocol, FlowContext flow, RecordBus bus) : LineParser(protocol, flow, bus)
{
    private const int MaxTag = 64;

    private bool _wasGreeted;
    private byte[] _tag = [];

    /// <inheritdoc/>
    protected override LineOutcome TakeLine(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
        => direction == Direction.ToResponder ? Command(direction, line, chunk) : Answer(direction, line, chunk);

    private LineOutcome Command(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
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

        return LineOutcome.Next;
    }

    private LineOutcome Answer(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> tag = LineReader.Word(line, out ReadOnlySpan<byte> rest);
        ReadOnlySpan<byte> status = LineReader.Word(rest, out ReadOnlySpan<byte> text);
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
