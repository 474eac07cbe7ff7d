using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>DTLS 1.0 to 1.3 over datagrams.</summary>
public sealed class DtlsProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "dtls";

    /// <inheritdoc/>
    public Transports Transports => Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [443, 853, 2083, 4433, 5061, 5349, 5684, 5685, 6514];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        var header = DtlsRecordHeader.Read(ref reader);
        if (reader.Overrun || !header.IsPlausible)
        {
            return Confidence.No;
        }

        if (header.Content != TlsContent.Handshake || header.Epoch != 0)
        {
            return Confidence.Plausible;
        }

        var handshake = DtlsHandshakeHeader.Read(ref reader);
        return reader.Overrun || !handshake.IsPlausible(header.Length) ? Confidence.No
            : handshake.Type is TlsHandshakeType.ClientHello or TlsHandshakeType.ServerHello or TlsHandshakeType.HelloVerifyRequest ? Confidence.Certain
            : Confidence.Plausible;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new DtlsParser(flow, bus);
}
