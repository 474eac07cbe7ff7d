using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Redis;

/// <summary>Reads element by element: the version out of INFO, and whether commands were answered without a password.</summary>
internal sealed class RedisParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int MaxLine = 64 * 1024 - 2;
    private const int MaxShownString = 16 * 1024;
    private const int MostArguments = 8;

    private readonly SoftwareTeller _teller = new(flow, bus, "redis");
    private readonly LoginTeller _logins = new(flow, bus, "redis");
    private readonly List<string> _arguments = [];
    private readonly int[] _elements = new int[2];
    private long _argumentsLeft;
    private bool _isCommandNext;
    private bool _sentSecret;
    private bool _askedForData;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (!_logins.IsWanted && _elements[(int)direction]++ == Limits.TextElements)
        {
            return ParseResult.Finished;
        }

        ReadOnlySpan<byte> bytes = chunk.Bytes;
        if (!LineReader.TryRead(bytes, out ReadOnlySpan<byte> line, out int length))
        {
            _elements[(int)direction] -= _logins.IsWanted ? 0 : 1;
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
            _elements[(int)direction] -= _logins.IsWanted ? 0 : 1;
            return ParseResult.NeedMore(total);
        }

        Text(direction, bytes.Slice(length, (int)size), chunk);
        return ParseResult.Done(total);
    }

    /// <inheritdoc/>
    public override void OnEnd() => _logins.End();

    private ParseResult Line(Direction direction, ReadOnlySpan<byte> line, int length, in StreamChunk chunk)
    {
        if (direction == Direction.ToResponder)
        {
            _arguments.Clear();
            if (line is [(byte)'*', ..])
            {
                _isCommandNext = true;
                _argumentsLeft = Resp.TryNumber(line[1..], out long count) ? count : 0;
            }
            else if (!line.IsEmpty)
            {
                Command(LineReader.Word(line, out ReadOnlySpan<byte> rest));
                Inline(direction, line, rest, chunk);
            }
        }
        else if (line is [(byte)'-', ..])
        {
            _askedForData = false;
            _logins.Settle(false);
        }
        else if (line is [(byte)'+' or (byte)':' or (byte)'*' or (byte)'%', ..])
        {
            LetIn(direction, chunk);
            _logins.Settle(true);
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

            Argument(direction, text, chunk);
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

    // Arguments of commands that log in are few; others are not kept.
    private void Argument(Direction direction, ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        bool isFirst = _arguments.Count == 0;
        if (_argumentsLeft <= 0 || (isFirst && !LineReader.IsOneOf(text, "AUTH HELLO"u8)))
        {
            _argumentsLeft = 0;
            return;
        }

        _arguments.Add(LoginTeller.Text(text));
        if (--_argumentsLeft == 0 || _arguments.Count == MostArguments)
        {
            Login(direction, chunk);
            _arguments.Clear();
            _argumentsLeft = 0;
        }
    }

    private void Inline(Direction direction, ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> name = LineReader.Word(line, out _);
        if (!LineReader.IsOneOf(name, "AUTH HELLO"u8))
        {
            return;
        }

        _arguments.Add(LoginTeller.Text(name));
        while (!rest.IsEmpty && _arguments.Count < MostArguments)
        {
            _arguments.Add(LoginTeller.Text(LineReader.Word(rest, out rest)));
        }

        Login(direction, chunk);
        _arguments.Clear();
    }

    // AUTH [user] password; HELLO version AUTH user password.
    private void Login(Direction direction, in StreamChunk chunk)
    {
        (string? user, string? password) = _arguments switch
        {
            [_, var only] when Is(_arguments[0], "AUTH") => (null, only),
            [_, var name, var secret] when Is(_arguments[0], "AUTH") => (name, secret),
            [_, _, var word, var name, var secret, ..] when Is(word, "AUTH") => (name, secret),
            _ => ((string?)null, (string?)null),
        };
        if (password is not null)
        {
            _logins.Ask(_logins.Seen(direction, "auth", CredentialKind.Password, chunk) with { User = user, Secret = Secret.From(password) });
        }
    }

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private void LetIn(Direction direction, in StreamChunk chunk)
    {
        if (_askedForData && !_sentSecret)
        {
            _askedForData = false;
            _teller.LetIn(direction, "answered commands without AUTH", chunk);
        }
    }
}
