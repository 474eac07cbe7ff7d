using System.Text;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Streams;

/// <summary>Reassembly of one direction.</summary>
public sealed class TcpStreamTests
{
    private readonly Recorder _sink = new();
    private TcpStream _stream = new(Direction.ToResponder);
    private long _frame;

    [Fact]
    public void Segments_in_order_are_delivered_at_once()
    {
        Assert.Equal(SegmentKind.New, Add(100, "abc"));
        Assert.Equal(SegmentKind.New, Add(103, "def"));
        Assert.Equal("abcdef", _sink.Text);
    }

    [Fact]
    public void Segments_out_of_order_wait()
    {
        Add(100, "ab");
        Assert.Equal(SegmentKind.New, Add(104, "ef"));
        Assert.Equal("ab", _sink.Text);
        Assert.Equal(SegmentKind.OutOfOrder, Add(102, "cd"));
        Assert.Equal("abcdef", _sink.Text);
        Assert.Equal(0, _stream.Missed);
    }

    [Fact]
    public void A_retransmission_is_not_delivered_twice()
    {
        Add(100, "abcd");
        Assert.Equal(SegmentKind.Retransmission, Add(100, "abcd"));
        Assert.Equal(SegmentKind.New, Add(102, "cdef"));
        Assert.Equal("abcdef", _sink.Text);
        Assert.Equal(0, _stream.Conflicts);
    }

    [Fact]
    public void What_came_first_wins_and_the_conflict_is_counted()
    {
        Add(100, "ab");
        Add(104, "EF");
        Add(102, "cdXX");
        Add(100, "zz");
        Assert.Equal("abcdEF", _sink.Text);
        Assert.Equal(2, _stream.Conflicts);
        Assert.Equal(3, _stream.ConflictFrame.Number);
    }

    [Fact]
    public void Sequence_numbers_wrap()
    {
        Add(0xFFFF_FFFE, "abcd");
        Add(2, "ef");
        Assert.Equal("abcdef", _sink.Text);
    }

    [Fact]
    public void A_keep_alive_and_a_window_probe_are_no_data()
    {
        Add(100, "abc");
        Assert.Equal(SegmentKind.KeepAlive, Add(102, "c"));
        Assert.Equal(SegmentKind.KeepAlive, _stream.Add(102, default, 0, default, default, default, _sink));
        Assert.Equal(SegmentKind.WindowProbe, _stream.Add(103, "d"u8, 1, new ReceiveWindow(IsClosed: true, 0), default, default, _sink));
        Assert.Equal("abcd", _sink.Text);
    }

    [Fact]
    public void The_end_declares_holes_and_delivers_the_rest()
    {
        Add(100, "ab");
        Add(110, "xy");
        _stream.End(default, _sink);
        Assert.Equal("ab[8]xy", _sink.Text);
        Assert.Equal(8, _stream.Missed);
        Assert.Equal(12, _stream.Position);
    }

    [Fact]
    public void An_acknowledged_hole_is_given_up_when_reordering_is_ruled_out()
    {
        Add(100, "ab");
        for (uint i = 0; i < 3; i++)
        {
            Add(110 + i, "x");
        }

        Assert.Equal("ab", _sink.Text);
        _stream.Acknowledged(113, isAnswer: false, _sink);
        Assert.Equal("ab[8]xxx", _sink.Text);
    }

    [Fact]
    public void Bytes_that_the_snap_length_cut_are_a_gap()
    {
        _stream.Add(100, "abcd"u8, 10, default, default, default, _sink);
        Add(110, "ef");
        Assert.Equal("abcd[6]ef", _sink.Text);
    }

    [Fact]
    public void The_close_comes_after_the_last_byte()
    {
        Add(100, "ab");
        _stream.Fin(104, default, _sink);
        Assert.False(_sink.IsClosed);
        Add(102, "cd");
        Assert.True(_sink.IsClosed);
    }

    [Fact]
    public void Too_much_out_of_order_is_a_gap()
    {
        Add(100, "ab");
        var block = new byte[60_000];
        for (uint i = 0; i < 20; i++)
        {
            _stream.Add(1000 + (i * 60_000), block, block.Length, default, default, default, _sink);
        }

        Assert.Equal(898, _stream.Missed);
        Assert.Equal(1000u + (20 * 60_000), _stream.Next);
    }

    [Fact]
    public void Any_cutting_and_any_small_shuffle_give_the_same_bytes()
        => Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[1, 20], Gen.Int[0, 1000], Gen.UInt).Always((bytes, size, seed, start) =>
        {
            var sink = new Recorder();
            var stream = new TcpStream(Direction.ToResponder);
            stream.Start(start);
            var cuts = Enumerable.Range(0, (bytes.Length + size - 1) / size).Select(i => i * size).ToArray();
            new Random(seed).Shuffle(cuts);
            foreach (int at in cuts)
            {
                int length = Math.Min(size, bytes.Length - at);
                stream.Add(start + (uint)at, bytes.AsSpan(at, length), length, default, default, default, sink);
            }

            stream.End(default, sink);
            return sink.Bytes.AsSpan().SequenceEqual(bytes) && stream.Missed == 0 && stream.Conflicts == 0;
        });

    [Fact]
    public void Any_sequence_number_is_survived()
        => Gen.Select(Gen.UInt, Gen.Select(s_sequence, Gen.Int[0, 40], Gen.Int[0, 40], Gen.Bool, Gen.UInt).List[0, 60]).Always((start, segments) =>
        {
            var sink = new Recorder();
            var stream = new TcpStream(Direction.ToResponder);
            stream.Start(start);
            foreach ((uint sequence, int length, int captured, bool acknowledges, uint reach) in segments)
            {
                stream.Add(start + sequence, new byte[Math.Min(captured, length)], length, new ReceiveWindow(acknowledges, reach), default, default, sink);
                if (acknowledges)
                {
                    stream.Acknowledged(start + sequence, isAnswer: length % 2 == 0, sink);
                }
            }

            stream.End(default, sink);
            return stream.Position == sink.Bytes.Length + stream.Missed && stream.Next == start + (uint)stream.Position;
        });

    [Theory]
    [InlineData(0x8000_0000)]
    [InlineData(0x7FFF_FFFF)]
    [InlineData(0x4000_0001)]
    [InlineData(0xBFFF_FFFF)]
    [InlineData(0x0100_0001)]
    public void A_segment_from_far_away_changes_nothing(uint distance)
    {
        Add(100, "ab");
        Assert.Equal(SegmentKind.Outside, Add(102 + distance, "junk"));
        Add(102, "cd");
        _stream.End(default, _sink);
        Assert.Equal("abcd", _sink.Text);
    }

    [Fact]
    public void What_the_window_allows_counts_from_what_was_acknowledged()
    {
        var window = new ReceiveWindow(IsClosed: false, 131_072);
        Add(100, "ab");
        Assert.Equal(SegmentKind.Outside, _stream.Add(300_000, "x"u8, 1, window, default, default, _sink));
        _stream.Acknowledged(250_000, isAnswer: false, _sink);
        Assert.Equal(SegmentKind.New, _stream.Add(300_000, "x"u8, 1, window, default, default, _sink));
    }

    [Fact]
    public void With_one_direction_captured_a_long_loss_is_got_over()
    {
        Add(100, "ab");
        for (uint i = 0; i < 64; i++)
        {
            Add(500_000_000 + i, "x");
        }

        Add(500_000_064, "yz");
        Assert.Equal("ab[500000000]".Length + 2, _sink.Text.Length - 1);
        Assert.EndsWith("xyz", _sink.Text);
    }

    [Fact]
    public void Many_small_pieces_are_a_gap_too()
    {
        Add(100, "a");
        for (uint i = 0; i < 100_000; i++)
        {
            Add(102 + (2 * i), "b");
        }

        Assert.InRange(_stream.Next, 102u + (2 * (100_000 - 4097)), 102u + (2 * 100_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(1000)]
    public void Other_bytes_in_other_segments_are_a_conflict(int size)
    {
        byte[] first = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * i))];
        byte[] second = [.. first];
        "${jndi:ldap"u8.CopyTo(second.AsSpan(1703));
        Add(100, "head");
        Send(104, first, 1460);
        Send(104, first, size);
        Assert.Equal(0, _stream.Conflicts);
        Send(104, second, size);
        Assert.InRange(_stream.Conflicts, 1, 11);
        Assert.Equal(0, _stream.NotCompared);
    }

    [Fact]
    public void What_comes_again_too_late_is_counted()
    {
        byte[] bytes = new byte[20_000];
        Send(100, bytes, 1000);
        Send(100, bytes, 10_000);
        Assert.Equal(0, _stream.Conflicts);
        Assert.Equal(2, _stream.NotCompared);
    }

    [Fact]
    public void A_SYN_is_not_believed_against_the_data()
    {
        _stream.Start(5000);
        Assert.True(_stream.Contradicts(1000, default));
        Assert.False(_stream.Contradicts(5000, default));
        _stream.Confirm();
        Assert.False(_stream.Contradicts(1000, default));
    }

    private static readonly Gen<uint> s_sequence = Gen.OneOf(
        Gen.UInt[0, 100], Gen.UInt[0x7FFF_FFF0, 0x8000_0010], Gen.UInt[0x3FFF_FFF0, 0x4000_0010], Gen.UInt[0xBFFF_FFF0, 0xC000_0010], Gen.UInt[0x00FF_FFF0, 0x0100_0040], Gen.UInt);

    private void Send(uint sequence, byte[] bytes, int size)
    {
        foreach (byte[] part in bytes.Chunk(size))
        {
            _stream.Add(sequence, part, part.Length, default, new FrameRef(0, ++_frame), default, _sink);
            sequence += (uint)part.Length;
        }
    }

    private SegmentKind Add(uint sequence, string text)
        => _stream.Add(sequence, Encoding.ASCII.GetBytes(text), text.Length, default, new FrameRef(0, ++_frame), default, _sink);

    private sealed class Recorder : IStreamSink
    {
        private readonly StringBuilder _text = new();
        private readonly List<byte> _bytes = [];

        public string Text => _text.ToString();

        public byte[] Bytes => [.. _bytes];

        public bool IsClosed { get; private set; }

        public bool Wants(Direction direction) => true;

        public void Deliver(Direction direction, long offset, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
        {
            _text.Append(Encoding.ASCII.GetString(bytes));
            _bytes.AddRange(bytes.ToArray());
        }

        public void Gap(Direction direction, long missing) => _text.Append('[').Append(missing).Append(']');

        public void Close(Direction direction, Timestamp time) => IsClosed = true;
    }
}
