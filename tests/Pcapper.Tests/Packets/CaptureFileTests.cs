using CsCheck;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class CaptureFileTests
{
    private static readonly byte[] s_snoop = Hex.Bytes("""
        73 6E 6F 6F 70 00 00 00  snoop
        00 00 00 02  version 2
        00 00 00 04  Ethernet
        00 00 00 05  five bytes
        00 00 00 02  two of them captured
        00 00 00 1C  record of 28 bytes
        00 00 00 03  three dropped
        00 00 00 10  16 seconds
        00 00 00 20  32 microseconds
        AA BB 00 00
        """);

    [Fact]
    public void An_empty_file_is_told()
    {
        ReadCapture capture = ReadCapture.Of([]);

        Assert.Equal(("unknown", "empty file"), (capture.Info.Format, capture.Info.Problem));
    }

    [Theory]
    [InlineData("25 50 44 46 2D 31 2E 37 0A 0B", "not a capture: begins with 25 50 44 46 2D 31 2E 37")]
    [InlineData("D4 C3 B2 A1 02", "not a capture: begins with D4 C3 B2 A1 02")]
    [InlineData("7F", "not a capture: begins with 7F")]
    [InlineData("0A 0D 0D 0A 1C 00 00 00 01 02 03 04", "not a capture: begins with 0A 0D 0D 0A 1C 00 00 00")]
    public void What_is_no_capture_is_told_with_its_first_bytes(string hex, string problem)
    {
        ReadCapture capture = ReadCapture.Of(Hex.Bytes(hex));

        Assert.Equal(("unknown", problem), (capture.Info.Format, capture.Info.Problem));
        Assert.Empty(capture.Frames);
    }

    [Fact]
    public void Snoop_is_read()
    {
        ReadCapture capture = ReadCapture.Of([.. s_snoop, .. s_snoop[16..42]]);

        Assert.Equal("snoop", capture.Info.Format);
        Assert.Equal(new KeptFrame(1, 16_000_032_000, LinkType.Ethernet, 0, 5, "AABB"), capture.Frames[0]);
        Assert.Equal(2, capture.Frames.Count);
        Assert.Equal(3ul, capture.Info.Interfaces[0].Dropped);
        Assert.Null(capture.Info.Problem);
    }

    [Fact]
    public void Every_cut_of_snoop_is_told()
    {
        for (int length = 17; length < 42; length++)
        {
            ReadCapture capture = ReadCapture.Of(s_snoop[..length]);
            Assert.Equal("cut off in frame 1 (at byte 16)", capture.Info.Problem);
            Assert.Empty(capture.Frames);
        }
    }

    [Fact]
    public void A_snoop_record_shorter_than_its_frame_ends_the_reading()
    {
        byte[] file = [.. s_snoop];
        file[27] = 0x19;

        Assert.StartsWith("the lengths of frame 1", ReadCapture.Of(file).Info.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_read_like_a_stream()
    {
        string path = Path.GetTempFileName();
        try
        {
            byte[] bytes = Large().ToPcapng();
            File.WriteAllBytes(path, bytes);
            using CaptureReader reader = CaptureFile.Open(path, 3);
            var frame = default(Frame);
            List<KeptFrame> expected = ReadCapture.Of(bytes).Frames;
            foreach (KeptFrame kept in expected)
            {
                Assert.True(reader.TryRead(ref frame));
                Assert.Equal(new FrameRef(3, kept.Number), frame.Ref);
                Assert.Equal(kept.Bytes, Convert.ToHexString(frame.Bytes));
            }

            Assert.False(reader.TryRead(ref frame));
            Assert.Equal(bytes.Length, reader.Position);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_file_throws() => Assert.ThrowsAny<IOException>(() => CaptureFile.Open("/no/such/capture", 0));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void A_stream_may_bring_its_bytes_in_any_pieces(int piece)
    {
        byte[] bytes = piece == 1 ? Capture.New().Frame([1]).Frame([2, 3]).ToPcapng() : Large().ToPcap();

        ReadCapture capture = ReadCapture.Of(new SlowStream(bytes, piece, null));

        Assert.Equal(ReadCapture.Of(bytes).Frames, capture.Frames);
    }

    [Fact]
    public void Bytes_read_before_come_first()
    {
        byte[] bytes = Capture.New().Frame([1]).Frame([2, 3]).ToPcap();
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(2, ReadCapture.Of(new MemoryStream(bytes[length..]), bytes.AsSpan(0, length)).Frames.Count);
        }
    }

    [Fact]
    public void A_stream_that_fails_is_told_and_the_frames_before_are_kept()
    {
        byte[] bytes = Capture.New().Frame([1]).Frame([2, 3]).ToPcap();

        ReadCapture broken = ReadCapture.Of(new SlowStream(bytes[..50], 16, new InvalidDataException("bad checksum")));
        ReadCapture nothing = ReadCapture.Of(new SlowStream([], 16, new IOException("gone")));

        Assert.Single(broken.Frames);
        Assert.Equal("bad checksum; reading stopped after frame 1", broken.Info.Problem);
        Assert.Equal("could not be read (read error)", nothing.Info.Problem);
    }

    [Fact]
    public void Any_bytes_behind_any_magic_are_survived()
    {
        byte[][] starts =
        [
            Capture.New().Frame([1]).ToPcap(), Capture.New().Frame([1]).ToPcapng(), s_snoop, s_snoop[..16],
            Hex.Bytes("34 CD B2 A1"), Hex.Bytes("A1 B2 C3 D4"), [],
        ];
        Gen.Select(Gen.Int[0, starts.Length - 1], Gen.Byte.Array[0, 400]).Always((start, bytes) => ReadCapture.Of([.. starts[start], .. bytes]).Frames.Count >= 0);
    }

    [Fact]
    public void Any_changes_are_survived()
    {
        byte[][] files = [Small().ToPcap(), Small().ToPcapng(), s_snoop];
        Gen.Select(Gen.Int[0, 2], Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Array[1, 8], Gen.Int[0, 10_000]).Always((which, changes, length) =>
        {
            byte[] file = [.. files[which]];
            foreach ((int at, byte value) in changes)
            {
                file[at % file.Length] = value;
            }

            ReadCapture.Of(file[..Math.Min(length, file.Length)]);
        });
    }

    [Fact]
    public void A_length_in_the_file_alone_allocates_nothing()
    {
        byte[] file = [.. Capture.New().ToPcapng(), .. Hex.Bytes("06 00 00 00 00 00 FF 00"), .. new byte[100]];
        ReadCapture.Of(file);

        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadCapture.Of(file);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    private static CaptureBuilder Small() => Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:80", t => t.Says("GET /").Replies("200"));

    private static CaptureBuilder Large()
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < 400; i++)
        {
            capture.Frame(new byte[1 + (i * 37 % 9000)]);
        }

        return capture;
    }

    private sealed class SlowStream(byte[] bytes, int piece, Exception? end) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            int got = base.Read(buffer[..Math.Min(piece, buffer.Length)]);
            return got == 0 && end is not null ? throw end : got;
        }
    }
}
