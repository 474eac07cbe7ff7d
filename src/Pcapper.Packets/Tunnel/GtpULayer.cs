namespace Pcapper.Packets;

/// <summary>GTP user plane, version 1 (3GPP TS 29.281): messages that carry a user's packet.</summary>
internal static class GtpULayer
{
    private const int MandatoryLength = 8;
    private const byte VersionAndType = 0x30;
    private const byte VersionAndTypeMask = 0xF0;   // version 1, GTP, and the spare bit
    private const byte AnyOptional = 0x07;
    private const byte HasExtension = 0x04;
    private const byte UserPacket = 0xFF;
    private const int MostExtensions = 16;

    /// <summary>Reads a header and its extensions. The tunnel identifiers of the two directions differ, so none is kept.</summary>
    public static bool TryRead(ref Cursor at, ref Packet packet, out Step next)
    {
        next = Step.Stop;
        var reader = new WireReader(at.Bytes);
        byte flags = reader.U8();
        byte type = reader.U8();
        int length = reader.U16();
        reader.U32();
        if (reader.Overrun || (flags & VersionAndTypeMask) != VersionAndType || type != UserPacket || length > at.Length - MandatoryLength)
        {
            return false;
        }

        if ((flags & AnyOptional) != 0)
        {
            reader.Skip(3);
            byte extension = reader.U8();
            for (int count = 0; (flags & HasExtension) != 0 && extension != 0; count++)
            {
                int units = reader.U8();
                reader.Skip((units * 4) - 2);
                extension = reader.U8();
                if (units == 0 || count == MostExtensions || reader.Overrun)
                {
                    return false;
                }
            }
        }

        int header = reader.Position;
        next = (reader.U8() >> 4) switch { 4 => Step.IPv4, 6 => Step.IPv6, _ => Step.Stop };
        if (reader.Overrun || next == Step.Stop || length < header - MandatoryLength)
        {
            return false;
        }

        packet.PayloadLength = at.Length;
        if (!UdpTunnels.TryEnter(TunnelKind.GtpU, 0, ref packet))
        {
            return false;
        }

        packet.Push(Layer.GtpU);
        at.Advance(header);
        at.SetLength(length - (header - MandatoryLength), ref packet);
        return true;
    }
}
