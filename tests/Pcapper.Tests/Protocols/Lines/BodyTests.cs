using System.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Lines;

public sealed class BodyTests
{
    [Theory]
    [InlineData("a\r\n..b\r\n.\r\nrest", "a\r\n.b\r\n", 11)]
    [InlineData(".\r\nrest", "", 3)]
    [InlineData("a\r\n.c\r\n.\r\n", "a\r\nc\r\n", 10)]
    [InlineData("a\r\n.\nb\r\n.\r\n", "a\r\n\nb\r\n", 11)]
    [InlineData("a\n..b\n.\nrest", "a\n.b\n", 8)]
    [InlineData("a\r\nb\n.\nc\r\n.\r\n", "a\r\nb\n.\nc\r\n", 13)]
    [InlineData("a\r\n.\rb\r\n.\r\n", "a\r\n\rb\r\n", 11)]
    public void A_line_with_a_dot_ends_it_however_cut(string text, string content, int length)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            var sink = new Sink();
            var body = new DotBody(sink);
            int taken = body.Take(bytes.AsSpan(0, cut), Chunk(bytes));
            taken += body.Take(bytes.AsSpan(taken), Chunk(bytes));
            Assert.Equal((content, length, true), (sink.Text, taken, body.IsOver));
        }
    }

    [Fact]
    public void A_gap_is_told_and_the_end_is_found_behind_it()
    {
        var sink = new Sink();
        var body = new DotBody(sink);
        body.Take("a\r\n.\r"u8, Chunk([1]));
        Assert.True(body.Skip(10));
        body.Take("\nb\r\n.\r\n"u8, Chunk([1]));
        Assert.True(body is { IsOver: true, HasGap: true, HasEnd: true });
        Assert.Equal(10, sink.Missing);
    }

    [Fact]
    public void A_counted_body_counts_missing_bytes_too()
    {
        var sink = new Sink();
        var body = new CountedBody(10, sink);
        Assert.Equal(3, body.Take("abc"u8, Chunk([1])));
        Assert.True(body.Skip(4));
        Assert.Equal(3, body.Take("defg"u8, Chunk([1])));
        Assert.Equal(("abcdef", 4L, true), (sink.Text, sink.Missing, body.IsOver));
        Assert.False(new CountedBody(5, sink).Skip(6));
        Assert.False(new CountedBody(5, sink).Skip(5));
    }

    private static StreamChunk Chunk(byte[] bytes) => new() { Bytes = bytes, Pieces = new ChunkPiece[] { new(0, new FrameRef(0, 1), default) }, IsDatagram = false };

    private sealed class Sink : IBodySink
    {
        private readonly StringBuilder _text = new();

        public string Text => _text.ToString();

        public long Missing { get; private set; }

        public void Add(ReadOnlySpan<byte> content, in StreamChunk chunk) => _text.Append(Encoding.ASCII.GetString(content));

        public void Gap(long missing) => Missing += missing;
    }
}
