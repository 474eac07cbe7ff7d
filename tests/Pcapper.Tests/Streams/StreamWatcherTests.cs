using System.Globalization;
using System.Text;
using Pcapper.Engine;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Streams;

/// <summary>Who watches a flow sees all its bytes, in order and with their place, whatever it speaks.</summary>
public sealed class StreamWatcherTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1460)]
    public void Both_directions_are_seen_whole_whatever_the_segments(int size)
    {
        Watch seen = Seen(t => t.SegmentSize(size).Says("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").Closes());
        Assert.Equal("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", seen.Text(Direction.ToResponder));
        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", seen.Text(Direction.ToOriginator));
        Assert.Equal("http end", seen.Events);
    }

    [Fact]
    public void Bytes_that_no_parser_reads_are_seen()
        => Assert.Equal("SSH-2.0-x\r\nbehind what is parsed", Seen(t => t.Says("SSH-2.0-x\r\n").Replies("SSH-2.0-y\r\n").Says("behind what is parsed")).Text(Direction.ToResponder));

    [Fact]
    public void Segments_out_of_order_are_put_in_order_and_missing_bytes_leave_a_gap()
    {
        Watch seen = Seen(t => t.SegmentSize(2).Says("abcdef").Reordered().Lost(3).Says("gh"));
        Assert.Equal("abcdef<gap to 9>gh", seen.Text(Direction.ToResponder));
    }

    [Fact]
    public void What_is_spoken_is_over_where_another_protocol_begins()
    {
        Watch seen = Seen(t => t.Replies("220 mail.example ESMTP\r\n").Says("EHLO a.example\r\n").Replies("250-mail.example\r\n250 STARTTLS\r\n").Says("STARTTLS\r\n").Replies("220 go\r\n"), 25);
        Assert.Equal("smtp no-more end", seen.Events);
    }

    [Fact]
    public void Datagrams_are_seen_one_by_one()
    {
        var watch = new Watch();
        Analysis.Watch(Capture.New().Udp("192.0.2.5:4444", "198.51.100.9:5555", u => u.Says("one"u8.ToArray()).Says("two"u8.ToArray())).ToPcap(), watch);
        Assert.Equal("onetwo", watch.Text(Direction.ToResponder));
    }

    [Fact]
    public void Who_has_seen_enough_sees_no_more()
    {
        var watch = new Watch { Enough = 4 };
        Analysis.Watch(Capture.New().Tcp("192.0.2.5:4444", "198.51.100.9:5555", t => t.SegmentSize(4).Says("abcdefgh")).ToPcap(), watch);
        Assert.Equal("abcd", watch.Text(Direction.ToResponder));
    }

    private static Watch Seen(Action<TcpConversation> talk, int port = 80)
    {
        var watch = new Watch();
        Analysis.Watch(Capture.New().Tcp("192.0.2.5:49152", $"198.51.100.9:{port}", talk).ToPcap(), watch);
        return watch;
    }

    private sealed class Watch : StreamWatcher, IStreamConsumer
    {
        private readonly StringBuilder[] _texts = [new(), new()];
        private readonly long[] _ends = new long[2];
        private readonly List<string> _events = [];

        public int Enough { get; init; } = int.MaxValue;

        public string Events => string.Join(' ', _events);

        public string Text(Direction direction) => _texts[(int)direction].ToString();

        StreamWatcher? IStreamConsumer.Watch(FlowContext flow, Transports transport) => this;

        public override bool Wants(Direction direction) => _ends[(int)direction] < Enough;

        public override void Take(Direction direction, in StreamBytes bytes)
        {
            if (bytes.Offset != _ends[(int)direction])
            {
                _texts[(int)direction].Append(CultureInfo.InvariantCulture, $"<gap to {bytes.Offset}>");
            }

            _texts[(int)direction].Append(Encoding.ASCII.GetString(bytes.Bytes));
            _ends[(int)direction] = bytes.Offset + bytes.Bytes.Length;
        }

        public override void Speaks(string protocol) => _events.Add(protocol);

        public override void SpeaksNoMore() => _events.Add("no-more");

        public override void End() => _events.Add("end");
    }
}
