using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>HTTP/1.0 and HTTP/1.1 (RFC 9112).</summary>
public sealed class HttpProtocol : IProtocol
{
    private static readonly ushort[] s_ports = [80, 8080, 8000, 8008, 8888, 3128, 5985];

    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => s_ports;

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new HttpParser(flow, bus);

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => StartLine.Probe(first);
}
