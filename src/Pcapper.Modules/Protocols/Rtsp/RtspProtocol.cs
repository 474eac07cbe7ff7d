using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Rtsp;

/// <summary>RTSP 1.0 (RFC 2326).</summary>
public sealed class RtspProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "rtsp";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [554, 8554];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => HeaderParser.Probe(first, "RTSP/1.0 "u8);

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new HeaderParser(this, flow, bus, "RTSP/1.0");
}
