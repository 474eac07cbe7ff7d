using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Names a flow: who opened it to whom, inside which tunnel.</summary>
/// <param name="Originator">Who opened it.</param>
/// <param name="OriginatorPort">The originator's port (ICMP: the type).</param>
/// <param name="Responder">Who answered, or should have.</param>
/// <param name="ResponderPort">The responder's port (ICMP: the reply's type or the code).</param>
/// <param name="Protocol">The IP protocol.</param>
/// <param name="Tunnel">The tunnel it runs in, its ends in a fixed order.</param>
public readonly record struct FlowKey(
    IpAddress Originator, ushort OriginatorPort, IpAddress Responder, ushort ResponderPort, IpProtocol Protocol, Encapsulation Tunnel)
    : IComparable<FlowKey>
{
    // Few flows run in a tunnel, and every record carries a key: the tunnel stands apart.
    private readonly OuterTunnel? _tunnel = OuterTunnel.Of(Tunnel);

    /// <summary>Gets the tunnel it runs in, its ends in a fixed order.</summary>
    public Encapsulation Tunnel
    {
        get => _tunnel?.Value ?? default;
        init => _tunnel = OuterTunnel.Of(value);
    }

    /// <summary>Gets a value indicating whether it runs in a tunnel.</summary>
    public bool IsTunneled => _tunnel is not null;

    /// <summary>Gets the flow's Community ID, version 1 with seed 0 (github.com/corelight/community-id-spec).</summary>
    public string CommunityId => Engine.CommunityId.Of(this);

    /// <inheritdoc/>
    public int CompareTo(FlowKey other)
        => Originator.CompareTo(other.Originator) is not 0 and var o ? o
            : OriginatorPort.CompareTo(other.OriginatorPort) is not 0 and var p ? p
            : Responder.CompareTo(other.Responder) is not 0 and var r ? r
            : ResponderPort.CompareTo(other.ResponderPort) is not 0 and var q ? q
            : Protocol.CompareTo(other.Protocol) is not 0 and var t ? t
            : Tunnel.CompareTo(other.Tunnel);

    /// <summary>Writes <c>192.0.2.5:49152 &gt; 198.51.100.9:443</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Endpoint(Originator, OriginatorPort)} > {Endpoint(Responder, ResponderPort)}");

    /// <summary>Writes an address and a port as users write them: IPv6 in brackets.</summary>
    public static string Endpoint(IpAddress address, ushort port) => address.IsIPv4
        ? string.Create(CultureInfo.InvariantCulture, $"{address}:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"[{address}]:{port}");

    private sealed record OuterTunnel(Encapsulation Value)
    {
        public static OuterTunnel? Of(in Encapsulation tunnel) => tunnel.IsNone ? null : new OuterTunnel(tunnel);
    }
}
