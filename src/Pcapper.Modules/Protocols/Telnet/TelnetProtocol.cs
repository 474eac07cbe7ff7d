using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Telnet;

/// <summary>Telnet (RFC 854): told by its option negotiation, or by a login prompt.</summary>
public sealed class TelnetProtocol : IProtocol
{
    private const int LongestUntold = 64;

    /// <inheritdoc/>
    public string Name => "telnet";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [23, 2323];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        if (first is not [TelnetParser.Command, ..])
        {
            // A server may begin with its prompt; what a client types tells nothing.
            return direction == Direction.ToOriginator && TelnetParser.IsPrompt(first) ? Confidence.Plausible
                : first.Length < LongestUntold && LineReader.IsText(first) ? Confidence.Undecided : Confidence.No;
        }

        // One command is three bytes; two in a row are hardly chance.
        return first.Length < 3 ? Confidence.Undecided
            : !TelnetParser.IsNegotiation(first) ? Confidence.No
            : first.Length >= 6 && TelnetParser.IsNegotiation(first[3..]) ? Confidence.Certain : Confidence.Plausible;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new TelnetParser(flow, bus);
}
