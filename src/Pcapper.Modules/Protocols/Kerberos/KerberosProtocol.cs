using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Kerberos 5 (RFC 4120) and changes of passwords (RFC 3244), over UDP and TCP.</summary>
public sealed class KerberosProtocol : IProtocol
{
    private static readonly ushort[] s_ports = [88, 464];

    /// <inheritdoc/>
    public string Name => "kerberos";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp | Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => s_ports;

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new KerberosParser(flow, bus);

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        Confidence asDatagram = ProbeMessage(first);
        if (asDatagram == Confidence.Certain)
        {
            return asDatagram;
        }

        // Over TCP a length comes first, whose highest bit is not used (RFC 4120, 7.2.2).
        var reader = new WireReader(first);
        uint length = reader.U32();
        Confidence asStream = reader.Overrun ? Confidence.Undecided
            : length is < KerberosParser.MinMessage or > KerberosParser.MaxStreamMessage ? Confidence.No
            : reader.Remaining == 0 ? Confidence.Undecided
            : ProbeMessage(reader.Rest);
        return asStream > asDatagram ? asStream : asDatagram;
    }

    private static Confidence ProbeMessage(ReadOnlySpan<byte> bytes)
    {
        if (KerberosReader.TypeOf(bytes, out bool isCut) is not null)
        {
            return Confidence.Certain;
        }

        return isCut ? Confidence.Undecided : PasswordChange.TryRead(bytes, out ReadOnlySpan<byte> inner) && KerberosReader.TypeOf(inner) is not null ? Confidence.Certain : Confidence.No;
    }
}
