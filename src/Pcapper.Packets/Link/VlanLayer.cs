using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>IEEE 802.1Q and 802.1ad tags.</summary>
internal static class VlanLayer
{
    private const int Length = 4;

    /// <summary>Reads the rest of a tag, whose protocol was read as a type; tags of an Ethernet frame inside another are not kept.</summary>
    public static Step Read(ref Cursor at, ref Packet packet, bool service)
    {
        packet.Push(Layer.Vlan);
        if (!at.Has(Length, ref packet))
        {
            return Step.Stop;
        }

        ushort tag = BinaryPrimitives.ReadUInt16BigEndian(at.Bytes);
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(at.Bytes[2..]);
        at.Advance(Length);

        // A number kept already is the one behind the outermost frame's tags.
        if (packet.EtherType == 0 && packet.TunnelDepth == 0 && !packet.Vlans.Push(tag, service))
        {
            packet.Anomalies |= Anomalies.TooManyVlanTags;
            return at.Finish(Layer.Other, ref packet);
        }

        return EthernetLayer.TypeOrLength(type, ref at, ref packet);
    }
}
