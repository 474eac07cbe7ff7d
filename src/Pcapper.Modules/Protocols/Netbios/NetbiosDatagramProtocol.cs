using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>The NetBIOS datagram service (RFC 1002, 4.4): a short header, then two encoded names.</summary>
public sealed class NetbiosDatagramProtocol : IProtocol
{
    private static readonly ushort[] s_ports = [138];

    /// <inheritdoc/>
    public string Name => "nbdgm";

    /// <inheritdoc/>
    public Transports Transports => Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => s_ports;

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new NetbiosDatagramParser(flow, bus);

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        byte type = reader.U8();
        byte flags = reader.U8();
        reader.Skip(NetbiosDatagramParser.Header - 2);

        // 10 to 12 carry a message; the upper four flag bits are reserved (RFC 1002, 4.4.1).
        return reader.Overrun || type is < 0x10 or > 0x12 || flags > 0x0F || reader.Remaining < NetbiosName.Length || !NetbiosName.IsEncoded(reader.Rest)
            ? Confidence.No
            : Confidence.Certain;
    }
}
