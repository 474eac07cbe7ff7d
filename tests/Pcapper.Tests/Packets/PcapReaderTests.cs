using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class PcapReaderTests
{
    private const string Little = """
        D4 C3 B2 A1  little-endian, microseconds
        02 00 04 00  version 2.4
        00 00 00 00 00 00 00 00
        00 00 04 00  snap length
        01 00 00 00  Ethernet
        10 00 00 00  16 seconds
        20 00 00 00  32 units
        02 00 00 00  two bytes captured
        05 00 00 00  of five
        AA BB
        """;

    private const string Big = """
        A1 B2 C3 D4  big-endian, microseconds
        00 02 00 04  version 2.4
        00 00 00 00 00 00 00 00
        00 04 00 00  snap length
        00 00 00 01  Ethernet
        00 00 00 10  16 seconds
        00 00 00 20  32 units
        00 00 00 02  two bytes captured
        00 00 00 05  of five
        AA BB
        """;

    [Theory]
    [InlineData(Little, null, "pcap", 16_000_032_000)]
    [InlineData(Little, "4D 3C B2 A1", "pcap (nanoseconds)", 16_000_000_032)]
    [InlineData(Big, null, "pcap", 16_000_032_000)]
    [InlineData(Big, "A1 B2 3C 4D", "pcap (nanoseconds)", 16_000_000_032)]
    public void Both_byte_orders_and_resolutions_are_read(string hex, string? magic, string format, long time)
    {
        byte[] file = Hex.Bytes(hex);
        Hex.Bytes(magic ?? string.Empty).CopyTo(file, 0);

        ReadCapture capture = ReadCapture.Of(file);

        Assert.Equal(format, capture.Info.Format);
        Assert.Null(capture.Info.Problem);
        Assert.Equal(new KeptFrame(1, time, LinkType.Ethernet, 0, 5, "AABB"), Assert.Single(capture.Frames));
        CaptureInterface source = Assert.Single(capture.Info.Interfaces);
        Assert.Equal((LinkType.Ethernet, 262144L), (source.LinkType, source.SnapLength));
    }

    [Fact]
    public void The_modified_variant_has_longer_record_headers()
    {
        byte[] file = Hex.Bytes(Little);
        Hex.Bytes("34 CD B2 A1").CopyTo(file, 0);

        ReadCapture capture = ReadCapture.Of([.. file[..40], 1, 2, 3, 4, 5, 6, 7, 8, .. file[40..]]);

        Assert.Equal("pcap (modified)", capture.Info.Format);
        Assert.Equal("AABB", Assert.Single(capture.Frames).Bytes);
    }

    [Fact]
    public void Only_the_low_half_of_the_link_type_field_is_the_link_type()
    {
        byte[] file = Hex.Bytes(Little);
        file[23] = 0x14;   // two words of frame check sequence

        Assert.Equal(LinkType.Ethernet, Assert.Single(ReadCapture.Of(file).Frames).LinkType);
    }

    [Fact]
    public void A_frame_was_never_shorter_than_what_was_captured_of_it()
    {
        byte[] file = Hex.Bytes(Little);
        file[36] = 1;

        Assert.Equal(2, Assert.Single(ReadCapture.Of(file).Frames).OriginalLength);
    }

    [Fact]
    public void Every_cut_keeps_the_frames_before_it()
    {
        byte[] file = Capture.New().Frame([1, 2, 3]).Frame([4]).Frame([5, 6, 7, 8]).ToPcap();
        int[] ends = [24, 43, 60, 80];
        Assert.Equal(ends[^1], file.Length);
        for (int length = 0; length < file.Length; length++)
        {
            ReadCapture capture = ReadCapture.Of(file[..length]);

            int whole = ends.Count(end => end <= length) - 1;
            Assert.Equal(Math.Max(whole, 0), capture.Frames.Count);
            Assert.Equal(ends.Contains(length), capture.Info.Problem is null);
            if (whole >= 0 && capture.Info.Problem is { } problem)
            {
                Assert.Equal($"cut off in frame {whole + 1} (at byte {ends[whole]})", problem);
            }
        }
    }

    [Fact]
    public void An_impossible_length_ends_the_reading()
    {
        byte[] file = Capture.New().Frame([1]).Frame([2]).ToPcap();
        file[41 + 10] = 0xFF;   // captured length of the second frame

        ReadCapture capture = ReadCapture.Of(file);

        Assert.Single(capture.Frames);
        Assert.StartsWith("frame 2 (at byte 41) claims 16711681 captured bytes", capture.Info.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_snap_length_allows_large_frames()
    {
        byte[] large = new byte[Limits.Frame + 1];
        byte[] file = Capture.New().Frame(large).Frame([1]).ToPcap();
        byte[] allowed = [.. file];
        Hex.Bytes("00 00 10 00").CopyTo(allowed, 16);

        Assert.Equal(2, ReadCapture.Of(allowed).Frames.Count);
        Assert.Empty(ReadCapture.Of(file).Frames);
    }
}
