using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Icmp;

/// <summary>One ICMP or ICMPv6 message (RFC 792, RFC 4443).</summary>
public sealed record IcmpMessage : ProtocolRecord
{
    /// <summary>Gets the sender.</summary>
    public required IpAddress Sender { get; init; }

    /// <summary>Gets the receiver.</summary>
    public required IpAddress Receiver { get; init; }

    /// <summary>Gets a value indicating whether it is ICMPv6.</summary>
    public required bool IsV6 { get; init; }

    /// <summary>Gets the outermost VLAN, or 0.</summary>
    public int Vlan { get; init; }

    /// <summary>Gets the type.</summary>
    public required byte Type { get; init; }

    /// <summary>Gets the code.</summary>
    public required byte Code { get; init; }

    /// <summary>Gets the time to live or hop limit.</summary>
    public required byte Ttl { get; init; }

    /// <summary>Gets the bytes behind the first eight, by the headers.</summary>
    public required int PayloadLength { get; init; }

    /// <summary>Gets the identifier of an echo.</summary>
    public ushort EchoId { get; init; }

    /// <summary>Gets the sequence number of an echo.</summary>
    public ushort EchoSequence { get; init; }

    /// <summary>Gets a hash of the payload, equal for equal payloads.</summary>
    public ulong PayloadHash { get; init; }

    /// <summary>Gets the first bytes of the payload, at most 64.</summary>
    public ReadOnlyMemory<byte> PayloadStart { get; init; }

    /// <summary>Gets the gateway of a redirect.</summary>
    public IpAddress? Gateway { get; init; }

    /// <summary>Gets the flow of the packet that an error quotes, as its sender saw it, if it can be read.</summary>
    public FlowKey? Quoted { get; init; }

    /// <summary>Gets a value indicating whether it is an echo request.</summary>
    public bool IsEchoRequest => Type == (IsV6 ? 128 : 8);

    /// <summary>Gets a value indicating whether it is an echo reply.</summary>
    public bool IsEchoReply => Type == (IsV6 ? 129 : 0);
}
