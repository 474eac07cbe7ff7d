namespace Pcapper.Packets;

/// <summary>The way into a tunnel, which all kinds share.</summary>
internal static class Tunnels
{
    /// <summary>
    /// Remembers the tunnel and forgets everything of the outer packet from its network header on, unless it is one too many:
    /// then the rest stays payload.
    /// </summary>
    public static bool TryEnter(TunnelKind kind, uint id, ref Packet packet)
    {
        if (packet.TunnelDepth == Limits.Tunnels)
        {
            packet.Anomalies |= Anomalies.TooManyTunnels;
            return false;
        }

        packet.TunnelDepth++;
        packet.Tunnel = new Encapsulation(kind, id, packet.Source, packet.Destination);
        packet.ClearNetwork();
        return true;
    }
}
