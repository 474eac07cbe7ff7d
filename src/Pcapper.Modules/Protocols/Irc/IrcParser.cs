using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Irc;

/// <summary>Reads the server's version and the client's answer to CTCP VERSION, and follows STARTTLS.</summary>
internal sealed class IrcParser(IProtocol protocol, FlowContext flow, RecordBus bus) : LineParser(protocol, flow, bus)
{
    /// <inheritdoc/>
    protected override LineOutcome TakeLine(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> command = IrcMessage.Command(line, out ReadOnlySpan<byte> parameters);
        if (direction == Direction.ToResponder)
        {
            if (LineReader.Is(command, "STARTTLS"u8))
            {
                AskTls(direction);
            }
            else if (LineReader.Is(command, "NOTICE"u8) && parameters.IndexOf("\x01VERSION "u8) is > 0 and var at)
            {
                Teller.Client(direction, parameters[(at + 9)..].TrimEnd((byte)1), chunk);
            }

            return LineOutcome.Next;
        }

        // RPL_MYINFO: "nick server version modes" (RFC 2812, 5.1).
        if (command.SequenceEqual("004"u8))
        {
            LineReader.Word(parameters, out ReadOnlySpan<byte> rest);
            LineReader.Word(rest, out rest);
            Teller.Server(direction, LineReader.Word(rest, out _), chunk);
        }
        else if (IsTlsAsked && command.SequenceEqual("670"u8))
        {
            return LineOutcome.Tls;
        }
        else if (IsTlsAsked && (command.SequenceEqual("691"u8) || command.SequenceEqual("421"u8) || command.SequenceEqual("451"u8)))
        {
            RefuseTls();
        }

        return LineOutcome.Next;
    }
}
