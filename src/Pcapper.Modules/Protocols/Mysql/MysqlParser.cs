using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mysql;

/// <summary>Reads the greeting and the login, and follows the request for TLS; queries are passed over.</summary>
internal sealed class MysqlParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const byte OkPacket = 0;
    private const int MaxVersion = 128;

    private readonly SoftwareTeller _teller = new(flow, bus, "mysql");
    private bool _wasGreeted;
    private bool _hasNoPassword;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        var reader = new WireReader(chunk.Bytes);
        int length = MysqlPacket.Length(ref reader);
        byte sequence = reader.U8();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(MysqlPacket.Header);
        }

        ReadOnlySpan<byte> body = reader.Take(length);
        if (reader.Overrun)
        {
            return length <= Limits.Message - MysqlPacket.Header ? ParseResult.NeedMore(MysqlPacket.Header + length) : ParseResult.Finished;
        }

        long total = MysqlPacket.Header + length;
        return direction == Direction.ToOriginator ? Server(direction, sequence, body, total, chunk) : Client(sequence, body, total);
    }

    private ParseResult Server(Direction direction, byte sequence, ReadOnlySpan<byte> body, long total, in StreamChunk chunk)
    {
        if (!_wasGreeted)
        {
            _wasGreeted = true;
            ReadOnlySpan<byte> version = MysqlGreeting.Version(body);
            bool isMaria = version.IndexOf("MariaDB"u8) >= 0;

            // MariaDB from 10 on puts this before its version, for replication with old MySQL (mariadb.com/kb, connection).
            version = isMaria && version.StartsWith("5.5.5-"u8) ? version[6..] : version;
            if (sequence == 0 && version.Length is > 0 and <= MaxVersion)
            {
                _teller.Server(direction, isMaria ? "MariaDB" : "MySQL", version, chunk);
            }

            return ParseResult.Done(total);
        }

        if (_hasNoPassword && body is [OkPacket, ..])
        {
            _teller.LetIn(direction, "accepted a login without password", chunk);
        }

        return ParseResult.Finished;
    }

    private ParseResult Client(byte sequence, ReadOnlySpan<byte> body, long total)
    {
        if (sequence != 1)
        {
            return ParseResult.Finished;
        }

        MysqlLogin login = MysqlLogin.Read(body);
        _hasNoPassword = login.HasNoPassword;
        return login.WantsTls ? ParseResult.Upgrade(total, "tls") : ParseResult.Finished;
    }
}
