using System.Buffers.Binary;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class PcapngReaderTests
{
    private static readonly byte[] s_section = Block(0x0A0D0D0A, "4D 3C 2B 1A 01 00 00 00 FF FF FF FF FF FF FF FF");
    private static readonly byte[] s_interface = Block(1, "01 00 00 00 00 00 04 00");
    private static readonly byte[] s_frame = Frame(0, 1_000_000, "AA BB");

    [Fact]
    public void A_big_endian_section_is_read()
    {
        byte[] file = Hex.Bytes("""
            0A 0D 0D 0A 00 00 00 1C  section header, 28 bytes
            1A 2B 3C 4D 00 01 00 00  big-endian, version 1.0
            FF FF FF FF FF FF FF FF  length not known
            00 00 00 1C
            00 00 00 01 00 00 00 14  interface description
            00 01 00 00              Ethernet
            00 00 00 60              snap length 96
            00 00 00 14
            00 00 00 06 00 00 00 24  enhanced packet
            00 00 00 00              interface 0
            00 00 00 00 00 0F 42 40  1,000,000 microseconds
            00 00 00 02 00 00 00 05  two bytes of five
            AA BB 00 00
            00 00 00 24
            """);

        ReadCapture capture = ReadCapture.Of(file);

        Assert.Equal("pcapng", capture.Info.Format);
        Assert.Equal(new KeptFrame(1, Timestamp.PerSecond, LinkType.Ethernet, 0, 5, "AABB"), Assert.Single(capture.Frames));
        Assert.Equal(96, Assert.Single(capture.Info.Interfaces).SnapLength);
        Assert.Null(capture.Info.Problem);
        Assert.Equal(1, capture.Info.Sections);
    }

    [Fact]
    public void Section_options_are_kept()
    {
        byte[] section = Block(0x0A0D0D0A, "4D 3C 2B 1A 01 00 00 00 FF FF FF FF FF FF FF FF" + Text(2, "box") + Text(3, "Plan 9") + Text(4, "sniff 1") + Text(1, "hello") + "00 00 00 00");

        CaptureInfo info = ReadCapture.Of(section).Info;

        Assert.Equal(("box", "Plan 9", "sniff 1"), (info.Hardware, info.OperatingSystem, info.Application));
        Assert.Equal(["hello"], info.Comments);
    }

    [Fact]
    public void Interface_options_are_kept()
    {
        byte[] description = Block(1, "71 00 00 00 00 00 00 00" + Text(2, "eth0") + Text(3, "the uplink") + Text(12, "Linux")
            + "06 00 06 00 02 00 00 00 00 01 00 00" + "08 00 08 00 00 CA 9A 3B 00 00 00 00" + "0B 00 04 00 00 74 63 70" + "00 00 00 00");

        CaptureInterface source = Assert.Single(ReadCapture.Of([.. s_section, .. description]).Info.Interfaces);

        Assert.Equal(LinkType.LinuxSll, source.LinkType);
        Assert.Equal(("eth0", "the uplink", "Linux", "tcp"), (source.Name, source.Description, source.OperatingSystem, source.Filter));
        Assert.Equal((0x0200_0000_0001ul, 1_000_000_000ul), (source.Mac!.Value.Value, source.Speed));
    }

    [Theory]
    [InlineData(0, 5, 5_000_000_000)]
    [InlineData(3, 5, 5_000_000)]
    [InlineData(6, 5, 5_000)]
    [InlineData(9, 5, 5)]
    [InlineData(12, 5_000, 5)]
    [InlineData(19, 50_000_000_000, 5)]
    [InlineData(100, long.MaxValue, 0)]
    [InlineData(0x80, 5, 5_000_000_000)]
    [InlineData(0x8A, 1024, 1_000_000_000)]
    [InlineData(0xA0, 1L << 31, 500_000_000)]
    [InlineData(0xBF, long.MaxValue, 999_999_999)]
    [InlineData(0xFF, long.MaxValue, 0)]
    public void Every_time_resolution_is_converted(byte resolution, long units, long nanoseconds)
    {
        byte[] file = [.. s_section, .. Block(1, $"01 00 00 00 00 00 00 00 09 00 01 00 {resolution:X2} 00 00 00 00 00 00 00"), .. Frame(0, (ulong)units, "AA")];

        Assert.Equal(nanoseconds, Assert.Single(ReadCapture.Of(file).Frames).Time);
    }

    [Fact]
    public void The_time_offset_is_added()
    {
        byte[] file = [.. s_section, .. Block(1, "01 00 00 00 00 00 00 00 0E 00 08 00 FE FF FF FF FF FF FF FF 00 00 00 00"), .. Frame(0, 5_000_000, "AA")];

        Assert.Equal(3 * Timestamp.PerSecond, Assert.Single(ReadCapture.Of(file).Frames).Time);
    }

    [Fact]
    public void Interfaces_are_numbered_through_all_sections()
    {
        byte[] raw = Block(1, "65 00 00 00 00 00 00 00");
        byte[] file = [.. s_section, .. s_interface, .. raw, .. Frame(1, 1, "AA"), .. s_section, .. raw, .. s_frame];

        ReadCapture capture = ReadCapture.Of(file);

        Assert.Equal(2, capture.Info.Sections);
        Assert.Equal([(1, LinkType.Raw), (2, LinkType.Raw)], capture.Frames.Select(f => (f.Interface, f.LinkType)));
    }

    [Fact]
    public void Simple_and_old_packets_are_read()
    {
        byte[] file =
        [
            .. s_section, .. s_interface, .. s_frame,
            .. Block(3, "03 00 00 00 01 02 03 00"),
            .. Block(2, "00 00 07 00 00 00 00 00 02 00 00 00 02 00 00 00 09 00 00 00 CC DD 00 00"),
        ];

        ReadCapture capture = ReadCapture.Of(file);

        Assert.Equal("AABB 010203 CCDD", string.Join(' ', capture.Frames.Select(f => f.Bytes)));
        Assert.Equal([Timestamp.PerSecond, Timestamp.PerSecond, 2000], capture.Frames.Select(f => f.Time));
        Assert.Equal([2, 3, 9], capture.Frames.Select(f => f.OriginalLength));
    }

    [Fact]
    public void Names_statistics_secrets_and_comments_are_kept()
    {
        byte[] file =
        [
            .. s_section, .. s_interface,
            .. Block(6, "00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00 01 00 00 00 AA 00 00 00" + Text(1, "look here") + "00 00 00 00"),
            .. Block(4, "01 00 0A 00 C0 00 02 05 61 00 62 62 62 00 00 00 02 00 12 00 20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 05 63 00 00 00 00 00 00 00"),
            .. Block(5, "00 00 00 00 00 00 00 00 00 00 00 00 05 00 08 00 07 00 00 00 00 00 00 00 00 00 00 00"),
            .. Block(10, "4B 53 4C 54 03 00 00 00 61 62 63 00"),
        ];

        CaptureInfo info = ReadCapture.Of(file).Info;

        Assert.Equal(["look here"], info.Comments);
        Assert.Equal("192.0.2.5 a, 192.0.2.5 bbb, 2001:db8::5 c", string.Join(", ", info.Names.Select(n => $"{n.Address} {n.Name}")));
        Assert.Equal(7ul, info.Interfaces[0].Dropped);
        Assert.Equal((1, 3L), (info.SecretBlocks, info.SecretBytes));
        Assert.Null(info.Problem);
    }

    [Fact]
    public void Too_many_damaged_blocks_end_the_reading_soon()
    {
        byte[] damaged = Hex.Bytes("01 01 01 01 FC FF FF 00 AD 0B 00 00 0C 00 00 00 0C 00 00 00");
        CaptureInfo info = ReadCapture.Of([.. s_section, .. s_interface, .. s_frame, .. Enumerable.Repeat(damaged, 500_000).SelectMany(b => b)]).Info;

        Assert.Equal(1, info.Frames);
        Assert.Contains("after 256 others; reading stopped after frame", info.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_blocks_are_counted_and_passed_over()
    {
        ReadCapture capture = ReadCapture.Of([.. s_section, .. s_interface, .. Block(0x1234, "01 02 03 04"), .. s_frame]);

        Assert.Equal(1, capture.Info.UnknownBlocks);
        Assert.Equal(1, Assert.Single(capture.Frames).Number);
        Assert.Null(capture.Info.Problem);
    }

    [Fact]
    public void A_custom_block_takes_a_frame_number_as_in_Wireshark()
    {
        ReadCapture capture = ReadCapture.Of([.. s_section, .. s_interface, .. Block(0xBAD, "D9 7E 00 00"), .. s_frame]);

        Assert.Equal(2, Assert.Single(capture.Frames).Number);
    }

    [Fact]
    public void Every_cut_keeps_the_frames_before_it()
    {
        byte[] start = [.. s_section, .. s_interface];
        byte[] file = [.. start, .. s_frame, .. s_frame, .. s_frame];
        for (int length = start.Length; length < file.Length; length++)
        {
            ReadCapture capture = ReadCapture.Of(file[..length]);

            (int whole, int rest) = Math.DivRem(length - start.Length, s_frame.Length);
            Assert.Equal(whole, capture.Frames.Count);
            Assert.Equal(rest == 0 ? null : $"cut off in frame {whole + 1} (at byte {length - rest})", capture.Info.Problem);
        }
    }

    [Theory]
    [InlineData(4, 0x08)]    // shorter than a block can be
    [InlineData(4, 0x25)]    // no multiple of four
    [InlineData(7, 0x7F)]    // longer than a block may be
    [InlineData(32, 0x99)]   // not the same at the end
    public void A_damaged_block_is_left_out_and_reading_goes_on(int at, byte value)
    {
        byte[] damaged = [.. s_frame];
        damaged[at] = value;
        byte[] start = [.. s_section, .. s_interface, .. s_frame];

        ReadCapture capture = ReadCapture.Of([.. start, .. damaged, .. s_frame]);

        Assert.Equal(2, capture.Frames.Count);
        Assert.Equal($"the block at byte {start.Length} (frame 2) of type 0x00000006 is damaged; reading went on 36 bytes later", capture.Info.Problem);
    }

    [Fact]
    public void Reading_stops_where_no_block_can_be_found()
    {
        byte[] start = [.. s_section, .. s_interface, .. s_frame];

        ReadCapture capture = ReadCapture.Of([.. start, .. Enumerable.Repeat((byte)0xEE, 3000)]);

        Assert.Single(capture.Frames);
        Assert.Equal($"the block at byte {start.Length} (frame 2) of type 0xeeeeeeee is damaged; reading stopped after frame 1", capture.Info.Problem);
    }

    [Fact]
    public void A_frame_of_an_interface_that_is_not_described_is_left_out()
    {
        ReadCapture capture = ReadCapture.Of([.. s_section, .. s_interface, .. Frame(1, 1, "AA"), .. s_frame]);

        Assert.Single(capture.Frames);
        Assert.Equal("the block at byte 48 (frame 1) names interface 1, which is not described", capture.Info.Problem);
    }

    [Fact]
    public void A_frame_longer_than_its_block_is_left_out()
    {
        byte[] damaged = [.. s_frame];
        damaged[20] = 0x20;

        ReadCapture capture = ReadCapture.Of([.. s_section, .. s_interface, .. damaged, .. s_frame]);

        Assert.Single(capture.Frames);
        Assert.Equal("the block at byte 48 (frame 1) is shorter than the frame in it", capture.Info.Problem);
    }

    private static byte[] Frame(uint source, ulong time, string hex)
    {
        byte[] bytes = Hex.Bytes(hex);
        byte[] fields = new byte[20 + ((bytes.Length + 3) & ~3)];
        BinaryPrimitives.WriteUInt32LittleEndian(fields, source);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(4), (uint)(time >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(8), (uint)time);
        BinaryPrimitives.WriteInt32LittleEndian(fields.AsSpan(12), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(fields.AsSpan(16), bytes.Length);
        bytes.CopyTo(fields, 20);
        return Block(6, Convert.ToHexString(fields));
    }

    private static string Text(ushort code, string text)
    {
        byte[] bytes = Hex.Text(text);
        return $"{(byte)code:X2} 00 {bytes.Length:X2} 00 {Convert.ToHexString([.. bytes, .. new byte[-bytes.Length & 3]])}";
    }

    private static byte[] Block(uint type, string body)
    {
        byte[] bytes = Hex.Bytes(body);
        byte[] block = new byte[bytes.Length + 12];
        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), block.Length);
        bytes.CopyTo(block, 8);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(block.Length - 4), block.Length);
        return block;
    }
}
