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
        Assert.Equal(SegmentKind.KeepAlive, _stream.Add(102, default, 0, false, default, default, _sink));
        Assert.Equal(SegmentKind.WindowProbe, _stream.Add(103, "d"u8, 1, peerWindowClosed: true, default, default, _sink));
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
        for (uint i = 0; i < 8; i++)
        {
            Add(110 + i, "x");
        }

        Assert.Equal("ab", _sink.Text);
        _stream.Acknowledged(118, _sink);
        Assert.Equal("ab[8]xxxxxxxx", _sink.Text);
    }

    [Fact]
    public void Bytes_that_the_snap_length_cut_are_a_gap()
    {
        _stream.Add(100, "abcd"u8, 10, false, default, default, _sink);
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
            _stream.Add(1000 + (i * 60_000), block, block.Length, false, default, default, _sink);
        }

        Assert.Equal(898, _stream.Missed);
        Assert.Equal(1000u + (20 * 60_000), _stream.Next);
    }

    [Fact]
    public void Any_cutting_and_any_small_shuffle_give_the_same_bytes()
        => Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[1, 20], Gen.Int[0, 1000], Gen.UInt).Sample((bytes, size, seed, start) =>
        {
            var sink = new Recorder();
            var stream = new TcpStream(Direction.ToResponder);
            stream.Start(start);
            var cuts = Enumerable.Range(0, (bytes.Length + size - 1) / size).Select(i => i * size).ToArray();
            new Random(seed).Shuffle(cuts);
            foreach (int at in cuts)
            {
                int length = Math.Min(size, bytes.Length - at);
                stream.Add(start + (uint)at, bytes.AsSpan(at, length), length, false, default, default, sink);
            }

            stream.End(default, sink);
            return sink.Bytes.AsSpan().SequenceEqual(bytes) && stream.Missed == 0 && stream.Conflicts == 0;
        });

    private SegmentKind Add(uint sequence, string text)
        => _stream.Add(sequence, Encoding.ASCII.GetBytes(text), text.Length, false, new FrameRef(0, ++_frame), default, _sink);

    private sealed class Recorder : IStreamSink
    {
        private readonly StringBuilder _text = new();
        private readonly List<byte> _bytes = [];

        public string Text => _text.ToString();

        public byte[] Bytes => [.. _bytes];

        public bool IsClosed { get; private set; }

        public bool Wants(Direction direction) => true;

        public void Deliver(Direction direction, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
        {
            _text.Append(Encoding.ASCII.GetString(bytes));
            _bytes.AddRange(bytes.ToArray());
        }

        public void Gap(Direction direction, long missing) => _text.Append('[').Append(missing).Append(']');

        public void Close(Direction direction, Timestamp time) => IsClosed = true;
    }
}
