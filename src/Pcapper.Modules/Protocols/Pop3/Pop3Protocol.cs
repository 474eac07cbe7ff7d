using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Pop3;

/// <summary>POP3 (RFC 1939), with STLS (RFC 2595).</summary>
public sealed class Pop3Protocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "pop3";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [110];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        if (direction == Direction.ToResponder)
        {
            return LineReader.ProbeCommand(first, "CAPA STLS APOP UIDL"u8, "USER PASS AUTH QUIT STAT LIST RETR TOP DELE NOOP"u8);
        }

        if (first is not [(byte)'+' or (byte)'-', ..])
        {
            return first.IsEmpty ? Confidence.Undecided : Confidence.No;
        }

        Confidence confidence = LineReader.ProbeLine(first, out ReadOnlySpan<byte> line);
        bool isOk = line.StartsWith("+OK"u8);
        return confidence != Confidence.Certain ? confidence
            : isOk && LineReader.Contains(line, "POP"u8) ? Confidence.Certain
            : (isOk || line.StartsWith("-ERR"u8)) && (line.Length == (isOk ? 3 : 4) || line[isOk ? 3 : 4] == ' ') ? Confidence.Plausible
            : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new Pop3Parser(this, flow, bus);
}
