using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Pop3;

/// <summary>Reads the greeting and CAPA's implementation (RFC 2449, 6.9), and follows STLS.</summary>
internal sealed class Pop3Parser(IProtocol protocol, FlowContext flow, RecordBus bus) : LineParser(protocol, flow, bus)
{
    private bool _wasGreeted;

    /// <inheritdoc/>
    protected override LineOutcome TakeLine(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        if (direction == Direction.ToResponder)
        {
            ReadOnlySpan<byte> command = LineReader.Word(line, out _);
            if (LineReader.Is(command, "STLS"u8))
            {
                AskTls(direction);
            }

            return LineReader.IsOneOf(command, "RETR TOP"u8) ? LineOutcome.Finished : LineOutcome.Next;
        }

        ReadOnlySpan<byte> status = LineReader.Word(line, out ReadOnlySpan<byte> text);
        bool isOk = LineReader.Is(status, "+OK"u8);
        if (!_wasGreeted && isOk)
        {
            _wasGreeted = true;
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
