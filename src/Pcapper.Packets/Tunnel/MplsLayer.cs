using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>An MPLS label stack (RFC 3032), which does not tell what it carries.</summary>
internal static class MplsLayer
{
    private const int EntryLength = 4;
    private const int MostEntries = 32;
    private const uint BottomOfStack = 0x100;

    /// <summary>Steps over the labels and guesses by what follows, as receivers without the label's meaning do (RFC 4928, 3).</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Mpls);
        for (int entries = 0; ; entries++)
        {
            if (!at.Has(EntryLength, ref packet))
            {
                return Step.Stop;
            }

            uint entry = BinaryPrimitives.ReadUInt32BigEndian(at.Bytes);
            at.Advance(EntryLength);
            if ((entry & BottomOfStack) != 0)
            {
                break;
            }

            if (entries == MostEntries)
            {
                return at.Finish(Layer.Other, ref packet);
            }
        }

        return Guess(ref at, ref packet);
    }

    /// <summary>Enters a label stack in UDP (RFC 7510), if one label and an IP packet follow; the port alone proves little.</summary>
    public static bool TryEnter(ref Cursor at, ref Packet packet, out Step next)
    {
        next = Step.Mpls;
        var reader = new WireReader(at.Bytes);
        uint entry = 0;
        for (int entries = 0; entries <= MostEntries && (entry & BottomOfStack) == 0 && !reader.Overrun; entries++)
        {
            entry = reader.U32();
        }

        bool isIp = (entry & BottomOfStack) != 0 && reader.U8() >> 4 is 4 or 6;
        packet.PayloadLength = at.Length;
        return isIp && UdpTunnels.TryEnter(TunnelKind.MplsInIp, 0, ref packet);
    }

    private static Step Guess(ref Cursor at, ref Packet packet)
    {
        var reader = new WireReader(at.Bytes);
        int first = reader.U8();
        switch (first >> 4)
        {
            case 4 when (first & 0x0F) >= 5 && at.Length >= IPv4Layer.SmallestHeader:
                return Step.IPv4;
            case 6 when at.Length >= IPv6Layer.HeaderLength:
                return Step.IPv6;
            case 0 when !HasTag(at.Bytes) && LooksLikeEthernet(at.Bytes, EntryLength):
                // A control word (RFC 4385, 3) and an Ethernet frame (RFC 4448).
                at.Advance(EntryLength);
                return Step.Ethernet;
        }

        return LooksLikeEthernet(at.Bytes, 0) ? Step.Ethernet : at.Finish(Layer.Other, ref packet);
    }

    // With a tag where an Ethernet frame has it, what looks like the type behind a control word is the one behind the tag.
    private static bool HasTag(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Skip(12);
        return EtherTypes.IsTag(reader.U16());
    }

    private static bool LooksLikeEthernet(ReadOnlySpan<byte> bytes, int offset)
    {
        var reader = new WireReader(bytes);
        reader.Skip(offset + 12);
        ushort type = reader.U16();
        return !reader.Overrun && (EtherTypes.IsTag(type) || EtherTypes.IsKnown(type) || type is > 2 and <= EtherTypes.LargestLength && type <= reader.Remaining);
    }
}
