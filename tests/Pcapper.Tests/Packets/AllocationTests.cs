using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reading_and_decoding_allocates_nothing(bool pcapng)
    {
        CaptureBuilder capture = Capture.New();
        foreach ((string _, LinkType linkType, byte[] bytes) in Samples.All)
        {
            if (linkType == LinkType.Ethernet)
            {
                capture.Frame(bytes);
            }
        }

        for (int i = 0; i < 50; i++)
        {
            capture.Tcp("192.0.2.5:49152", "198.51.100.9:80", t => t.SegmentSize(1400).Says(new byte[4000]).Replies(new byte[90_000]).Closes());
        }

        byte[] file = pcapng ? capture.ToPcapng() : capture.ToPcap();
        ReadAll(file);
        (long frames, long allocated) = ReadAll(file);

        Assert.InRange(frames, 3000, long.MaxValue);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Shard_keys_allocate_nothing()
    {
        long before = 0;
        ulong keys = 0;
        (string Path, LinkType LinkType, byte[] Bytes)[] samples = [.. Samples.All];
        for (int round = 0; round < 100; round++)
        {
            before = round == 50 ? GC.GetAllocatedBytesForCurrentThread() : before;
            foreach ((string _, LinkType linkType, byte[] bytes) in samples)
            {
                keys ^= ShardKey.Of(linkType, bytes);
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0ul, keys);   // every key was added an even number of times
    }

    private static (long Frames, long Allocated) ReadAll(byte[] file)
    {
        using CaptureReader reader = CaptureFile.Open(new MemoryStream(file), 0);
        var frame = default(Frame);
        var packet = default(Packet);
        Assert.True(reader.TryRead(ref frame));
        long before = GC.GetAllocatedBytesForCurrentThread();
        long frames = 1;
        for (; reader.TryRead(ref frame); frames++)
        {
            PacketDecoder.Decode(frame, ref packet);
        }

        return (frames, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
