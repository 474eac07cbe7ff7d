using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.ManageSieve;

/// <summary>ManageSieve (RFC 5804), with STARTTLS.</summary>
public sealed class ManageSieveProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "managesieve";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [4190, 2000];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        if (direction == Direction.ToResponder)
        {
            return LineReader.ProbeCommand(first, "HAVESPACE PUTSCRIPT LISTSCRIPTS GETSCRIPT SETACTIVE"u8, "AUTHENTICATE STARTTLS CAPABILITY LOGOUT"u8);
        }

        // RFC 5804, 1.7: the greeting is a list of capabilities in quotes, the first of which names the implementation.
        if (first is not [(byte)'"', ..])
        {
            return first.IsEmpty ? Confidence.Undecided : Confidence.No;
        }

        Confidence confidence = LineReader.ProbeLine(first, out ReadOnlySpan<byte> line);
        return confidence != Confidence.Certain ? confidence
            : LineReader.Begins(line, "\"IMPLEMENTATION\" \""u8) || LineReader.Begins(line, "\"SIEVE\" \""u8) ? Confidence.Certain : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new ManageSieveParser(this, flow, bus);
}
