using CsCheck;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class ShardKeyTests
{
    private const string A = "192.0.2.5";
    private const string B = "198.51.100.9";
    private static readonly ulong s_pair = StableHash.OfPair(IpAddress.Parse(A), IpAddress.Parse(B));
    private static readonly byte[] s_there = FrameBuilder.Udp($"{A}:1", $"{B}:2", [1]);
    private static readonly byte[] s_back = FrameBuilder.Udp($"{B}:2", $"{A}:1", [1]);

    [Fact]
    public void Both_directions_have_the_same_key()
        => Gen.Select(Gen.ULong, Gen.ULong, Gen.Bool).Always((a, b, isIPv4) =>
        {
            (string from, string to) = isIPv4
                ? (IpAddress.FromIPv4((uint)a).ToString(), IpAddress.FromIPv4((uint)b).ToString())
                : (new IpAddress(a | 1, b).ToString(), new IpAddress(b | 1, a).ToString());
            byte[] there = FrameBuilder.Ethernet(FrameBuilder.Ip(from, to, IpProtocol.Udp, [1]));
            byte[] back = FrameBuilder.Ethernet(FrameBuilder.Ip(to, from, IpProtocol.Udp, [1]));
            return ShardKey.Of(LinkType.Ethernet, there) == ShardKey.Of(LinkType.Ethernet, back);
        });

    [Fact]
    public void The_key_is_that_of_the_outermost_IP_header_behind_any_link_layer()
        => Assert.All(Samples.All, sample =>
        {
            var packet = default(Packet);
            PacketDecoder.Decode(new Frame { LinkType = sample.LinkType, Bytes = sample.Bytes, OriginalLength = sample.Bytes.Length }, ref packet);
            ulong expected = Expected(sample.Path, packet, sample.LinkType);

            Assert.Equal(expected, ShardKey.Of(sample.LinkType, sample.Bytes));
        });

    [Fact]
    public void Tags_labels_and_sessions_do_not_change_the_key()
    {
        byte[] plain = FrameBuilder.Ethernet(s_there);
        byte[] tagged = FrameBuilder.Vlan(FrameBuilder.Vlan(plain, 5), 6);
        byte[] labelled = FrameBuilder.Ethernet([0, 1, 0x11, 0x40, .. s_back], 0x8847);
        byte[] session = FrameBuilder.Ethernet([0x11, 0, 0, 1, .. FrameBuilder.Big((ulong)(2 + s_back.Length), 2), 0, 0x21, .. s_back], 0x8864);

        Assert.All((byte[][])[plain, tagged, labelled, session], frame => Assert.Equal(s_pair, ShardKey.Of(LinkType.Ethernet, frame)));
        Assert.Equal(s_pair, ShardKey.Of(LinkType.Raw, s_back));
    }

    [Fact]
    public void A_frame_without_IP_has_the_key_of_its_link_addresses()
    {
        byte[] there = FrameBuilder.Ethernet([1, 2, 3], 0x88B8);
        byte[] back = FrameBuilder.Ethernet([4], 0x88B8, FrameBuilder.ServerMac, FrameBuilder.ClientMac);

        Assert.NotEqual(0ul, ShardKey.Of(LinkType.Ethernet, there));
        Assert.Equal(ShardKey.Of(LinkType.Ethernet, there), ShardKey.Of(LinkType.Ethernet, back));
    }

    [Fact]
    public void A_frame_without_any_address_has_the_key_zero()
    {
        Assert.Equal(0ul, ShardKey.Of(LinkType.Ethernet, [1, 2, 3]));
        Assert.Equal(0ul, ShardKey.Of((LinkType)147, new byte[60]));
        Assert.Equal(0ul, ShardKey.Of(LinkType.LinuxSll, Hex.Bytes("00 00 00 01 00 06 02 00 00 00 00 01 00 00 88 B8 01")));
    }

    [Fact]
    public void Host_pairs_spread_evenly_over_any_number_of_shards()
    {
        const int Pairs = 20_000;
        foreach (uint shards in (uint[])[2, 3, 7])
        {
            int[] counts = new int[shards];
            for (uint i = 0; i < Pairs; i++)
            {
                byte[] frame = FrameBuilder.Ethernet(FrameBuilder.Ip($"10.0.{i >> 8 & 0xFF}.{i & 0xFF}", $"192.0.2.{i >> 12}", IpProtocol.Udp, []));
                counts[ShardKey.Of(LinkType.Ethernet, frame) % shards]++;
            }

            Assert.All(counts, count => Assert.InRange(count, Pairs / shards * 0.95, Pairs / shards * 1.05));
        }
    }

    [Fact]
    public void The_key_never_changes_between_versions()
        => Assert.Equal(StableHash.OfPair(IpAddress.Parse(B), IpAddress.Parse(A)), ShardKey.Of(LinkType.Ethernet, FrameBuilder.Ethernet(s_there)));

    private static ulong Expected(string path, scoped in Packet packet, LinkType linkType)
    {
        if (packet.HasIp || !packet.Tunnel.IsNone)
        {
            (IpAddress source, IpAddress destination) = packet.Tunnel.IsNone ? (packet.Source, packet.Destination) : (packet.Tunnel.Source, packet.Tunnel.Destination);
            Assert.DoesNotContain("Arp", path, StringComparison.Ordinal);
            return StableHash.OfPair(source, destination);
        }

        return packet.HasMac && linkType is not (LinkType.LinuxSll or LinkType.LinuxSll2)
            ? StableHash.OfPair(new IpAddress(0, packet.SourceMac.Value), new IpAddress(0, packet.DestinationMac.Value))
            : 0;
    }
}
