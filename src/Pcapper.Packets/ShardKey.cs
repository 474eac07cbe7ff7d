using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>What decides which shard a frame belongs to: the same number for both directions of a host pair, on every machine.</summary>
public static class ShardKey
{
    private const int IPv4Addresses = 12;
    private const int IPv6Addresses = 8;

    /// <summary>
    /// Hashes the unordered addresses of the outermost IP header; of a frame without one, the unordered link addresses;
    /// 0 if it lacks those too. Much cheaper than decoding.
    /// </summary>
    public static ulong Of(LinkType linkType, ReadOnlySpan<byte> frame)
        => linkType == LinkType.Ethernet && TryFast(frame, out ulong key) ? key : Slow(linkType, frame);

    // Ethernet II, with tags or without, and a plain IP header. Everything else goes the long way.
    private static bool TryFast(ReadOnlySpan<byte> frame, out ulong key)
    {
        const int TypeOffset = 12;
        const int TagLength = 4;
        key = 0;
        int at = TypeOffset;
        for (int tags = 0; tags <= Limits.VlanTags && frame.Length >= at + sizeof(ushort); tags++)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
            ReadOnlySpan<byte> network = frame[(at + sizeof(ushort))..];
            switch (type)
            {
                case EtherTypes.IPv4:
                    return TryIPv4(network, out key);
                case EtherTypes.IPv6:
                    return TryIPv6(network, out key);
            }

            if (!EtherTypes.IsTag(type))
            {
                return false;
            }

            at += TagLength;
        }

        return false;
    }

    // What IPv4Layer demands before it takes the addresses: version 4 and a header length of at least five words.
    private static bool TryIPv4(ReadOnlySpan<byte> bytes, out ulong key)
    {
        if (bytes.Length < IPv4Layer.SmallestHeader || BinaryPrimitives.ReadUInt16BigEndian(bytes) >> 8 is not (>= 0x45 and <= 0x4F))
        {
            key = 0;
            return false;
        }

        ulong addresses = BinaryPrimitives.ReadUInt64BigEndian(bytes[IPv4Addresses..]);
        key = StableHash.OfPair(IpAddress.FromIPv4((uint)(addresses >> 32)), IpAddress.FromIPv4((uint)addresses));
        return true;
    }

    private static bool TryIPv6(ReadOnlySpan<byte> bytes, out ulong key)
    {
        if (bytes.Length < IPv6Layer.HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(bytes) >> 12 != 6)
        {
            key = 0;
            return false;
        }

        ReadOnlySpan<byte> addresses = bytes[IPv6Addresses..IPv6Layer.HeaderLength];
        key = StableHash.OfPair(
            new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(addresses), BinaryPrimitives.ReadUInt64BigEndian(addresses[8..])),
            new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(addresses[16..]), BinaryPrimitives.ReadUInt64BigEndian(addresses[24..])));
        return true;
    }

    private static ulong Slow(LinkType linkType, ReadOnlySpan<byte> frame)
    {
        var packet = default(Packet);
        var at = new Cursor(frame, frame.Length);
        Step step = PacketDecoder.DecodeLink(linkType, ref at, ref packet);
        if ((step == Step.IPv4 && TryIPv4(at.Bytes, out ulong key)) || (step == Step.IPv6 && TryIPv6(at.Bytes, out key)))
        {
            return key;
        }

        // A link header with the sender only cannot agree for both directions.
        return packet.HasMac && !HasSenderOnly(linkType)
            ? StableHash.OfPair(new IpAddress(0, packet.SourceMac.Value), new IpAddress(0, packet.DestinationMac.Value))
            : 0;
    }

    private static bool HasSenderOnly(LinkType linkType) => linkType is LinkType.LinuxSll or LinkType.LinuxSll2;
}
