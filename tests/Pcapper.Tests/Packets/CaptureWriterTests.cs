using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class CaptureWriterTests
{
    [Fact]
    public void What_was_written_as_pcapng_is_read_again()
    {
        using var stream = new MemoryStream();
        using (CaptureWriter writer = CaptureWriter.Pcapng(stream, "pcapper", "evidence"))
        {
            Assert.Equal(0, writer.AddInterface(LinkType.Ethernet, "eth0"));
            Assert.Equal(1, writer.AddInterface(LinkType.Raw));
            writer.Write(new Frame { Time = new Timestamp(1_700_000_000_123_456_789), Bytes = [1, 2, 3], OriginalLength = 9 }, "why");
            writer.Write(new Frame { Time = new Timestamp(2), Bytes = [4, 5, 6, 7], Interface = 1 });
        }

        ReadCapture capture = ReadCapture.Of(stream.ToArray());

        Assert.Null(capture.Info.Problem);
        Assert.Equal("pcapper", capture.Info.Application);
        Assert.Equal("eth0", capture.Info.Interfaces[0].Name);
        Assert.Equal(["evidence", "why"], capture.Info.Comments);
        Assert.Equal(
            [new KeptFrame(1, 1_700_000_000_123_456_789, LinkType.Ethernet, 0, 9, "010203"), new KeptFrame(2, 2, LinkType.Raw, 1, 4, "04050607")],
            capture.Frames);
    }

    [Fact]
    public void What_was_written_as_pcap_is_read_again()
    {
        using var stream = new MemoryStream();
        using (CaptureWriter writer = CaptureWriter.Pcap(stream, LinkType.LinuxSll2))
        {
            writer.Write(new Frame { Time = new Timestamp(1_700_000_000_123_456_789), Bytes = [1, 2, 3], OriginalLength = 9 });
        }

        KeptFrame frame = Assert.Single(ReadCapture.Of(stream.ToArray()).Frames);

        Assert.Equal(new KeptFrame(1, 1_700_000_000_123_456_789, LinkType.LinuxSll2, 0, 9, "010203"), frame);
    }

    [Fact]
    public void An_interface_that_was_not_added_is_refused()
    {
        using CaptureWriter pcapng = CaptureWriter.Pcapng(new MemoryStream());
        using CaptureWriter pcap = CaptureWriter.Pcap(new MemoryStream(), LinkType.Ethernet);

        Assert.Throws<ArgumentException>(() => pcapng.Write(new Frame { Bytes = [1] }));
        Assert.Throws<InvalidOperationException>(() => pcap.AddInterface(LinkType.Ethernet));
    }

    [Fact]
    public void Frames_larger_than_the_buffer_are_written()
    {
        byte[] large = new byte[300_000];
        large[^1] = 7;

        ReadCapture capture = ReadCapture.Of(Capture.New().Frame([1]).Frame(large).Frame([2]).ToPcapng());

        Assert.Equal($"01 {Convert.ToHexString(large)} 02", string.Join(' ', capture.Frames.Select(f => f.Bytes)));
    }
}
