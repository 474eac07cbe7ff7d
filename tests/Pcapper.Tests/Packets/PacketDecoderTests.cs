using CsCheck;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class PacketDecoderTests
{
    [Fact]
    public void Every_kind_of_frame_is_decoded_into_its_layers()
        => Assert.All(Samples.All, sample =>
        {
            DecodedPacket packet = DecodedPacket.Of(sample.LinkType, sample.Bytes);
            Assert.Equal(sample.Path, packet.Path);
            Assert.Equal(Anomalies.None, packet.Anomalies);
            Assert.False(packet.IsTruncated);
        });

    [Fact]
    public void Every_prefix_is_truncated_and_not_malformed()
        => Assert.All(Samples.All, sample =>
        {
            for (int length = 0; length < sample.Bytes.Length; length++)
            {
                DecodedPacket packet = DecodedPacket.Of(sample.LinkType, sample.Bytes.AsSpan(0, length), sample.Bytes.Length);
                Assert.True(packet.IsTruncated, $"{sample.Path} cut to {length}");
                Assert.True(packet.Anomalies is Anomalies.None or Anomalies.BadVersion, $"{sample.Path} cut to {length}: {packet.Anomalies}");
            }
        });

    [Fact]
    public void A_frame_that_ended_on_the_wire_is_not_truncated()
        => Assert.All(Samples.All, sample =>
        {
            for (int length = 0; length < sample.Bytes.Length; length++)
            {
                Assert.False(DecodedPacket.Of(sample.LinkType, sample.Bytes.AsSpan(0, length)).IsTruncated);
            }
        });

    [Fact]
    public void A_frame_that_ended_inside_its_IP_packet_is_malformed()
        => Assert.All(Samples.All.Where(s => s.Path is "Ethernet/IPv4/Udp" or "Ethernet/IPv6/Udp" or "Ethernet/IPv4/Tcp"), sample =>
        {
            for (int length = 0; length < sample.Bytes.Length; length++)
            {
                Assert.NotEqual(Anomalies.None, DecodedPacket.Of(sample.LinkType, sample.Bytes.AsSpan(0, length)).Anomalies);
            }
        });

    [Fact]
    public void Every_single_byte_change_is_survived()
        => Assert.All(Samples.All, sample =>
        {
            byte[] bytes = [.. sample.Bytes];
            for (int at = 0; at < bytes.Length; at++)
            {
                byte kept = bytes[at];
                for (int value = 0; value < 256; value++)
                {
                    bytes[at] = (byte)value;
                    Invariants(sample.LinkType, bytes, bytes.Length);
                }

                bytes[at] = kept;
            }
        });

    [Fact]
    public void Any_bytes_are_survived()
    {
        LinkType[] linkTypes = [.. Enum.GetValues<LinkType>()];
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, linkTypes.Length - 1], Gen.Int[0, 2000])
            .Always((bytes, link, length) => Invariants(linkTypes[link], bytes, length));
    }

    [Fact]
    public void Many_changes_are_survived()
    {
        (string Path, LinkType LinkType, byte[] Bytes)[] samples = [.. Samples.All];
        Gen.Select(Gen.Int[0, samples.Length - 1], Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 20], Gen.Int[0, 400]).Always((which, changes, length) =>
        {
            byte[] bytes = [.. samples[which].Bytes];
            foreach ((int at, byte value) in changes)
            {
                bytes[at % bytes.Length] = value;
            }

            Invariants(samples[which].LinkType, bytes.AsSpan(0, Math.Min(length, bytes.Length)), bytes.Length);
        });
    }

    [Fact]
    public void Decoding_replaces_everything_in_the_packet()
    {
        (string Path, LinkType LinkType, byte[] Bytes)[] samples = [.. Samples.All];
        foreach ((string _, LinkType linkType, byte[] bytes) in samples)
        {
            DecodedPacket expected = DecodedPacket.Of(linkType, bytes);
            foreach ((string _, LinkType otherType, byte[] other) in samples)
            {
                var packet = default(Packet);
                PacketDecoder.Decode(new Frame { LinkType = otherType, Bytes = other, OriginalLength = other.Length * 2 }, ref packet);
                PacketDecoder.Decode(new Frame { LinkType = linkType, Bytes = bytes, OriginalLength = bytes.Length }, ref packet);
                Assert.Equal(expected, DecodedPacket.Of(packet));
            }
        }
    }

    [Fact]
    public void Padding_behind_the_IP_packet_is_cut_off()
    {
        byte[] frame = FrameBuilder.Ethernet(FrameBuilder.Udp("192.0.2.5:1", "192.0.2.9:2", [7]));

        DecodedPacket packet = DecodedPacket.Ethernet([.. frame, .. new byte[31]]);

        Assert.Equal("07", packet.Payload);
        Assert.Equal(1, packet.PayloadLength);
        Assert.Equal(29, packet.IpLength);
        Assert.Equal(29 * 2, packet.Network.Length);
    }

    [Fact]
    public void Cut_padding_is_no_truncation()
    {
        byte[] frame = FrameBuilder.Ethernet(FrameBuilder.Udp("192.0.2.5:1", "192.0.2.9:2", [7]));

        Assert.False(DecodedPacket.Ethernet(frame, 60).IsTruncated);
    }

    [Fact]
    public void More_layers_than_the_path_holds_stay_opaque()
    {
        byte[] frame = FrameBuilder.Ethernet(FrameBuilder.Udp("192.0.2.5:1", "192.0.2.9:2", [7]));
        for (int i = 0; i < 20; i++)
        {
            frame = FrameBuilder.Ethernet(frame, 0x6558);
        }

        DecodedPacket packet = DecodedPacket.Ethernet(frame);

        Assert.StartsWith("Ethernet/Ethernet", packet.Path, StringComparison.Ordinal);
        Assert.InRange(packet.Path.Count(c => c == '/'), 13, 15);
        Assert.Equal(Anomalies.TooManyTunnels, packet.Anomalies);
        Assert.False(packet.HasIp);
    }

    private static bool Invariants(LinkType linkType, ReadOnlySpan<byte> bytes, int originalLength)
    {
        var packet = default(Packet);
        PacketDecoder.Decode(new Frame { LinkType = linkType, Bytes = bytes, OriginalLength = originalLength }, ref packet);
        bool isRight = packet.PayloadLength >= packet.Payload.Length
            && packet.Payload.Length <= bytes.Length
            && (!packet.IsTruncated || originalLength > bytes.Length)
            && packet.OuterCount is >= 0 and <= Limits.Tunnels
            && (!packet.HasPorts || packet.HasIp)
            && (packet.Last != Layer.None);
        Assert.True(isRight, Convert.ToHexString(bytes));
        ShardKey.Of(linkType, bytes);
        return isRight;
    }
}
