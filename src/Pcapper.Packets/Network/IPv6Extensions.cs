namespace Pcapper.Packets;

/// <summary>The extension headers of IPv6 (RFC 8200, 4), up to the transport header or a fragment.</summary>
internal static class IPv6Extensions
{
    private const int Unit = 8;
    private const int LargestPayload = ushort.MaxValue;

    /// <summary>Tells whether a protocol number is that of an extension header that is walked here.</summary>
    public static bool Is(IpProtocol protocol) => protocol
        is IpProtocol.HopByHop or IpProtocol.Routing or IpProtocol.Fragment or IpProtocol.DestinationOptions or IpProtocol.Mobility;

    /// <summary>Goes through the headers.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        IpProtocol protocol = packet.Protocol;
        for (int count = 0; Is(protocol); count++)
        {
            if (count == Limits.ExtensionHeaders)
            {
                packet.Anomalies |= Anomalies.TooManyExtensionHeaders;
                return at.Finish(ref packet);
            }

            if (!at.Has(Unit, ref packet))
            {
                return Step.Stop;
            }

            var reader = new WireReader(at.Bytes);
            var next = (IpProtocol)reader.U8();
            int length = (reader.U8() + 1) * Unit;
            if (protocol == IpProtocol.Fragment)
            {
                length = Unit;
                int offset = reader.U16();
                uint identification = reader.U32();
                bool more = (offset & 1) != 0;
                offset &= 0xFFF8;
                packet.Identification = identification;
                if (more || offset != 0)
                {
                    packet.Protocol = next;
                    at.Advance(length);
                    return Fragments.Finish(offset, more, LargestPayload, ref at, ref packet);
                }
            }

            if (!at.Has(length, ref packet))
            {
                return Step.Stop;
            }

            at.Advance(length);
            protocol = next;
            packet.Protocol = next;
        }

        packet.Transport = at.Bytes;
        return Protocols.Next(protocol, ref at, ref packet);
    }
}
