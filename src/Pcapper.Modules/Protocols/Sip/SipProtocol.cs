using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Sip;

/// <summary>SIP 2.0 (RFC 3261) over TCP and UDP.</summary>
public sealed class SipProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "sip";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp | Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [5060, 5080];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => HeaderParser.Probe(first, "SIP/2.0 "u8);

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new HeaderParser(this, flow, bus, "SIP/2.0");
}
