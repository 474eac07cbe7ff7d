using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Redis;

/// <summary>Reads element by element: the version out of INFO, and whether commands were answered without a password.</summary>
internal sealed class RedisParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int MaxLine = 64 * 1024 - 2;
    private const int MaxShownString = 16 * 1024;
    private const int MostElements = 400;

    private readonly SoftwareTeller _teller = new(flow, bus, "redis");
    private readonly int[] _elements = new int[2];
    private bool _isCommandNext;
    private bool _sentSecret;
    private bool _askedForData;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (_elements[(int)direction]++ == MostElements)
        {
            return ParseResult.Finished;
        }

        ReadOnlySpan<byte> bytes = chunk.Bytes;
        if (!LineReader.TryRead(bytes, out ReadOnlySpan<byte> line, out int length))
        {
            _elements[(int)direction]--;
            return bytes.Length < MaxLine && bytes.Length < LineReader.MaxLine ? ParseResult.NeedMore(bytes.Length + 1L) : ParseResult.Malformed("line too long");
        }

        if (line is not [(byte)'$', ..])
        {
            return Line(direction, line, length, chunk);
        }

        if (!Resp.TryNumber(line[1..], out long size) || size > Resp.MaxString)
        {
            return ParseResult.Malformed("length of a string");
        }

        if (size < 0)
        {
            return ParseResult.Done(length);
        }

        long total = length + size + 2;
        if (size > MaxShownString)
        {
            return ParseResult.Done(total);
        }

        if (bytes.Length < total)
        {
            _elements[(int)direction]--;
            return ParseResult.NeedMore(total);
        }

        Text(direction, bytes.Slice(length, (int)size), chunk);
        return ParseResult.Done(total);
    }

    private ParseResult Line(Direction direction, ReadOnlySpan<byte> line, int length, in StreamChunk chunk)
    {
        if (direction == Direction.ToResponder)
        {
            if (line is [(byte)'*', ..])
            {
                _isCommandNext = true;
            }
            else if (!line.IsEmpty)
            {
                Command(LineReader.Word(line, out _));
            }
        }
        else if (line is [(byte)'-', ..])
        {
            _askedForData = false;
        }
        else if (line is [(byte)'+' or (byte)':' or (byte)'*' or (byte)'%', ..])
        {
            LetIn(direction, chunk);
        }

        return ParseResult.Done(length);
    }

    private void Text(Direction direction, ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        if (direction == Direction.ToResponder)
        {
            if (_isCommandNext)
            {
                _isCommandNext = false;
                Command(text);
            }

            return;
        }

        LetIn(direction, chunk);
        ReadOnlySpan<byte> field = "redis_version:"u8;
        if (text.IndexOf(field) is >= 0 and var at && LineReader.TryRead(text[(at + field.Length)..], out ReadOnlySpan<byte> version, out _))
        {
            _teller.Server(direction, "Redis", version, chunk);
        }
    }

    // PING, HELLO, QUIT and the like are answered before a password is asked for.
    private void Command(ReadOnlySpan<byte> name)
    {
        _sentSecret |= LineReader.IsOneOf(name, "AUTH HELLO"u8);
        _askedForData = LineReader.IsOneOf(
            name, "INFO GET SET MGET MSET KEYS SCAN CONFIG DBSIZE SELECT EVAL DEL HGETALL HGET HSET LRANGE LPUSH RPUSH SAVE BGSAVE SLAVEOF REPLICAOF MODULE FLUSHALL FLUSHDB CLIENT MONITOR"u8);
    }

    private void LetIn(Direction direction, in StreamChunk chunk)
    {
        if (_askedForData && !_sentSecret)
        {
            _askedForData = false;
            _teller.LetIn(direction, "answered commands without AUTH", chunk);
        }
    }
}
