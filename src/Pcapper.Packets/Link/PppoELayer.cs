namespace Pcapper.Packets;

/// <summary>PPP over Ethernet, session stage (RFC 2516).</summary>
internal static class PppoELayer
{
    private const int HeaderLength = 6;
    private const byte VersionAndType = 0x11;

    /// <summary>Reads a header.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.PppoE);
        var reader = new WireReader(at.Bytes);
        byte version = reader.U8();
        byte code = reader.U8();
        reader.U16();
        int length = reader.U16();
        if (!at.Has(HeaderLength, ref packet))
        {
            return Step.Stop;
        }

        if (version != VersionAndType)
        {
            packet.Anomalies |= Anomalies.BadVersion;
            return at.Finish(ref packet);
        }

        at.Advance(HeaderLength);
        at.SetLength(length, ref packet);
        return code == 0 ? Step.Ppp : at.Finish(ref packet);
    }
}
