using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>LDAP (RFC 4511) over TCP and CLDAP (MS-ADTS, 3.1.1.3.1.9) over UDP.</summary>
public sealed class LdapProtocol : IProtocol
{
    private static readonly ushort[] s_ports = [389, 3268];

    /// <inheritdoc/>
    public string Name => "ldap";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp | Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => s_ports;

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new LdapParser(flow, bus);

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => LdapHeader.Read(first, out LdapHeader header) switch
    {
        ParseStatus.NeedMore => Confidence.Undecided,
        ParseStatus.Done when header.IsRequest == (direction == Direction.ToResponder) => Confidence.Certain,
        _ => ProbeSealed(first),
    };

    // A connection that was captured from its middle on, and is encrypted: only a usual port makes it LDAP.
    private static Confidence ProbeSealed(ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        uint length = reader.U32();
        return !reader.Overrun && length is >= SaslBuffer.MinLength and <= SaslBuffer.MaxLength && SaslBuffer.IsKerberosWrap(reader.Rest) ? Confidence.Plausible : Confidence.No;
    }
}
