namespace Pcapper.Packets;

/// <summary>SCTP (RFC 9260): the common header; the chunks are payload.</summary>
internal static class SctpLayer
{
    private const int HeaderLength = 12;

    /// <summary>Reads the ports.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Sctp);
        var reader = new WireReader(at.Bytes);
        ushort source = reader.U16();
        ushort destination = reader.U16();
        packet.HasPorts = !reader.Overrun && at.Length >= HeaderLength;
        if (packet.HasPorts)
        {
            packet.SourcePort = source;
            packet.DestinationPort = destination;
        }

        if (!at.Has(HeaderLength, ref packet))
        {
            return Step.Stop;
        }

        at.Advance(HeaderLength);
        return at.Finish(ref packet);
    }
}
