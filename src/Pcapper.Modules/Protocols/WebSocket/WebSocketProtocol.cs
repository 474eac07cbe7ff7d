using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.WebSocket;

/// <summary>WebSocket (RFC 6455), to which HTTP connections change; nothing begins with it.</summary>
public sealed class WebSocketProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "websocket";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => Confidence.No;

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new WebSocketParser(flow, bus);
}
