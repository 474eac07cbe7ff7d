using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.LdapStart;

/// <summary>LDAP (RFC 4511) and CLDAP: recognised, and followed when it turns to TLS.</summary>
public sealed class LdapProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "ldap";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp | Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [389, 3268];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => LdapMessage.Read(first, out LdapMessage message) switch
    {
        ParseStatus.NeedMore => Confidence.Undecided,
        ParseStatus.Done when message.IsRequest == (direction == Direction.ToResponder) => Confidence.Certain,
        _ => Confidence.No,
    };

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new LdapParser();
}
