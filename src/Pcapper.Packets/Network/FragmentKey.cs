namespace Pcapper.Packets;

/// <summary>What the pieces of one datagram have in common (RFC 791, 2.3; RFC 8200, 4.5).</summary>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The receiver.</param>
/// <param name="Identification">The number that the sender gave the datagram.</param>
/// <param name="Protocol">What it carries; only IPv4 tells datagrams apart by it.</param>
/// <param name="Tunnel">The tunnel the pieces came in.</param>
internal readonly record struct FragmentKey(IpAddress Source, IpAddress Destination, uint Identification, IpProtocol Protocol, Encapsulation Tunnel)
{
    /// <summary>Gets the key of a piece.</summary>
    public static FragmentKey Of(scoped in Packet fragment)
        => new(fragment.Source, fragment.Destination, fragment.Identification, fragment.Source.IsIPv4 ? fragment.Protocol : default, fragment.Tunnel);
}
