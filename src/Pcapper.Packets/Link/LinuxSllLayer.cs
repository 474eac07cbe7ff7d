namespace Pcapper.Packets;

/// <summary>Linux cooked capture, versions 1 and 2 (tcpdump.org/linktypes).</summary>
internal static class LinuxSllLayer
{
    private const int Length = 16;
    private const int Length2 = 20;
    private const ushort EthernetHardware = 1;
    private const ushort LoopbackHardware = 772;
    private const ushort GreHardware = 778;
    private const ushort RadiotapHardware = 803;
    private const ushort NetlinkHardware = 824;

    /// <summary>Reads a header of version 1.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.LinuxSll);
        if (!at.Has(Length, ref packet))
        {
            return Step.Stop;
        }

        var reader = new WireReader(at.Bytes);
        reader.U16();
        ushort hardware = reader.U16();
        int addressLength = reader.U16();
        ulong address = reader.U64();
        ushort protocol = reader.U16();
        return Go(Length, hardware, addressLength, address, protocol, ref at, ref packet);
    }

    /// <summary>Reads a header of version 2.</summary>
    public static Step Read2(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.LinuxSll);
        if (!at.Has(Length2, ref packet))
        {
            return Step.Stop;
        }

        var reader = new WireReader(at.Bytes);
        ushort protocol = reader.U16();
        reader.U16();
        reader.U32();
        ushort hardware = reader.U16();
        reader.U8();
        int addressLength = reader.U8();
        ulong address = reader.U64();
        return Go(Length2, hardware, addressLength, address, protocol, ref at, ref packet);
    }

    private static Step Go(int length, ushort hardware, int addressLength, ulong address, ushort protocol, ref Cursor at, ref Packet packet)
    {
        if (addressLength == 6 && hardware is EthernetHardware or LoopbackHardware)
        {
            packet.HasMac = true;
            packet.SourceMac = new MacAddress(address >> 16);
        }

        at.Advance(length);
        switch (hardware)
        {
            case NetlinkHardware:
                return Step.Other;
            case RadiotapHardware:
                return Step.Radiotap;
            case GreHardware when protocol == EtherTypes.Bridging:
                return Step.Ethernet;
        }

        return protocol switch
        {
            0x0001 => Step.Other,   // Novell's 802.3 without 802.2
            0x0004 => Step.Llc,
            _ => EtherTypes.Next(protocol, ref packet),
        };
    }
}
