namespace Pcapper.Packets;

/// <summary>Linux netfilter log: a short header, then type-length-value fields, one of them the packet.</summary>
internal static class NflogLayer
{
    private const int HeaderLength = 4;
    private const int FieldHeader = 4;
    private const ushort PayloadField = 9;

    /// <summary>Goes through the fields to the payload. Lengths are in the capturing host's byte order, which is nearly always little-endian.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Nflog);
        if (!at.Has(HeaderLength, ref packet))
        {
            return Step.Stop;
        }

        at.Advance(HeaderLength);
        while (at.Length > 0)
        {
            if (!at.Has(FieldHeader, ref packet))
            {
                return Step.Stop;
            }

            var reader = new WireReader(at.Bytes);
            int length = reader.U16Little();
            int type = reader.U16Little() & 0x7FFF;
            if (length < FieldHeader)
            {
                packet.Anomalies |= Anomalies.BadLength;
                return Step.Stop;
            }

            if (type == PayloadField)
            {
                at.Advance(FieldHeader);
                at.SetLength(length - FieldHeader, ref packet);
                return Step.RawIp;
            }

            int padded = Math.Min((length + 3) & ~3, Math.Max(at.Length, length));
            if (!at.Has(padded, ref packet))
            {
                return Step.Stop;
            }

            at.Advance(padded);
        }

        return Step.Stop;
    }
}
