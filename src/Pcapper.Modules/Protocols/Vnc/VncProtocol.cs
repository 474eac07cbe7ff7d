using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Vnc;

/// <summary>VNC, the remote framebuffer protocol (RFC 6143).</summary>
public sealed class VncProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "vnc";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [5900, 5901, 5902, 5903];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => VncVersion.Probe(first);

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new VncParser(flow, bus);
}
