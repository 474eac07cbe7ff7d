using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Postgresql;

/// <summary>Reads how a session begins, and follows the request for TLS; queries are passed over.</summary>
internal sealed class PostgresqlParser(FlowContext flow, RecordBus bus) : FlowParser
{
    /// <summary>Asks for TLS.</summary>
    public const uint SslRequest = 80877103;

    /// <summary>Asks for GSSAPI encryption.</summary>
    public const uint GssRequest = 80877104;

    /// <summary>Asks to cancel a query.</summary>
    public const uint CancelRequest = 80877102;

    /// <summary>The longest startup message that servers accept (MAX_STARTUP_PACKET_LENGTH).</summary>
    public const int MaxStartup = 10_000;

    private const int Header = 5;
    private const int MostMessages = 64;
    private const int MaxParameter = 4096;

    private readonly SoftwareTeller _teller = new(flow, bus, "postgresql");
    private uint _asked;
    private bool _wasStarted;
    private bool _sentSecret;
    private int _messages;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
        => direction == Direction.ToResponder ? Client(direction, chunk) : Server(direction, chunk);

    private ParseResult Client(Direction direction, in StreamChunk chunk)
    {
        if (_wasStarted)
        {
            // Passwords come as 'p'; whatever comes first, the server's answer tells the rest.
            _sentSecret |= chunk.Bytes is [(byte)'p', ..];
            return ParseResult.Finished;
        }

        if (_asked != 0)
        {
            return LineReader.IsTls(chunk.Bytes) ? ParseResult.Upgrade(0, "tls") : ParseResult.NeedMore(chunk.Bytes.Length + 1L);
        }

        var reader = new WireReader(chunk.Bytes);
        uint length = reader.U32();
        uint code = reader.U32();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(8);
        }

        switch (code)
        {
            case SslRequest or GssRequest when length == 8:
                _asked = code;
                return ParseResult.Done(8);
            case CancelRequest:
                return ParseResult.Finished;
            case >= 0x0003_0000 and <= 0x0003_FFFF when length is >= 8 and <= MaxStartup:
                ReadOnlySpan<byte> parameters = reader.Take((int)length - 8);
                if (reader.Overrun)
                {
                    return ParseResult.NeedMore(length);
                }

                _wasStarted = true;
                _teller.Client(direction, Parameter(parameters, "application_name"u8), chunk);
                return ParseResult.Done(length);
            default:
                return ParseResult.NotThisProtocol();
        }
    }

    private ParseResult Server(Direction direction, in StreamChunk chunk)
    {
        byte type = chunk.Bytes.IsEmpty ? (byte)0 : chunk.Bytes[0];
        if (_asked != 0 && type is (byte)'S' or (byte)'N' or (byte)'G')
        {
            bool isAccepted = type == 'S' && _asked == SslRequest;
            _asked = 0;
            return isAccepted ? ParseResult.Upgrade(1, "tls") : type == 'G' ? ParseResult.Finished : ParseResult.Done(1);
        }

        _asked = 0;
        var reader = new WireReader(chunk.Bytes);
        reader.U8();
        uint length = reader.U32();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(Header);
        }

        if (length is < 4 or > MaxParameter || ++_messages > MostMessages)
        {
            return ParseResult.Finished;
        }

        ReadOnlySpan<byte> body = reader.Take((int)length - 4);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(1 + length);
        }

        if (type == 'R' && body is [0, 0, 0, 0] && _wasStarted && _messages == 1 && !_sentSecret)
        {
            _teller.LetIn(direction, "accepted a session without asking for a secret", chunk);
        }
        else if (type == 'S' && Parameter(body, "server_version"u8) is { IsEmpty: false } version)
        {
            _teller.Server(direction, "PostgreSQL", version, chunk);
            return ParseResult.Finished;
        }

        return type == 'Z' ? ParseResult.Finished : ParseResult.Done(1 + length);
    }

    // Names and values alternate, each ended by a zero.
    private static ReadOnlySpan<byte> Parameter(ReadOnlySpan<byte> list, ReadOnlySpan<byte> wanted)
    {
        while (list.IndexOf((byte)0) is > 0 and var end)
        {
            ReadOnlySpan<byte> name = list[..end];
            list = list[(end + 1)..];
            int last = list.IndexOf((byte)0);
            if (last < 0)
            {
                return default;
            }

            if (name.SequenceEqual(wanted))
            {
                return list[..last];
            }

            list = list[(last + 1)..];
        }

        return default;
    }
}
