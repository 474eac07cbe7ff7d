using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Arp;

/// <summary>One ARP message (RFC 826).</summary>
public sealed record ArpMessage : ProtocolRecord
{
    /// <summary>Gets the operation: 1 request, 2 reply.</summary>
    public required ushort Operation { get; init; }

    /// <summary>Gets the link address of the frame's sender.</summary>
    public required MacAddress FrameSender { get; init; }

    /// <summary>Gets the link address that the sender claims.</summary>
    public required MacAddress SenderMac { get; init; }

    /// <summary>Gets the address that the sender claims.</summary>
    public required IpAddress Sender { get; init; }

    /// <summary>Gets the address that is asked for, or answered to.</summary>
    public required IpAddress Target { get; init; }

    /// <summary>Gets the outermost VLAN, or 0.</summary>
    public required int Vlan { get; init; }

    /// <summary>Gets a value indicating whether it announces the sender's own address.</summary>
    public bool IsGratuitous => Sender == Target;

    /// <summary>Gets a value indicating whether it is a reply.</summary>
    public bool IsReply => Operation == 2;
}
