namespace Pcapper.Packets;

/// <summary>Where decoding ends in a piece of a fragmented datagram.</summary>
internal static class Fragments
{
    private const int Unit = 8;
    private const int SmallestTcpHeader = 20;
    private const int SmallestUdpHeader = 8;

    /// <summary>Fills the fields of a piece, and notes what no fragmenting host does.</summary>
    public static Step Finish(int offset, bool more, int largest, ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Fragment);
        packet.IsFragment = true;
        packet.FragmentOffset = offset;
        packet.MoreFragments = more;
        packet.Transport = at.Bytes;
        if (more && at.Length % Unit != 0)
        {
            packet.Anomalies |= Anomalies.BadLength;
        }

        if (offset + at.Length > largest)
        {
            packet.Anomalies |= Anomalies.FragmentTooLong;
        }

        // RFC 1858, 3 and RFC 3128, 2.
        int header = packet.Protocol switch { IpProtocol.Tcp => SmallestTcpHeader, IpProtocol.Udp => SmallestUdpHeader, _ => 0 };
        if ((offset == 0 && at.Length < header) || (offset == Unit && packet.Protocol == IpProtocol.Tcp))
        {
            packet.Anomalies |= Anomalies.TinyFragment;
        }

        return at.Finish(ref packet);
    }
}
