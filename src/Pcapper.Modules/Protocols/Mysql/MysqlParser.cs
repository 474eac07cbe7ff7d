using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mysql;

/// <summary>Reads the greeting and the login, and follows the request for TLS; queries are passed over.</summary>
internal sealed class MysqlParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const byte OkPacket = 0;
    private const byte ErrorPacket = 0xFF;
    private const byte SwitchPacket = 0xFE;
    private const int MostAnswers = 8;
    private const int Sha1 = 20;
    private const int MaxVersion = 128;

    private readonly SoftwareTeller _teller = new(flow, bus, "mysql");
    private bool _wasGreeted;
    private readonly LoginTeller _logins = new(flow, bus, "mysql");
    private bool _hasNoPassword;
    private MysqlLogin? _login;
    private byte[] _salt = [];
    private string? _plugin;
    private int _answers;

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
        return direction == Direction.ToOriginator ? Server(direction, sequence, body, total, chunk) : Client(direction, sequence, body, total, chunk);
    }

    private ParseResult Server(Direction direction, byte sequence, ReadOnlySpan<byte> body, long total, in StreamChunk chunk)
    {
        if (!_wasGreeted)
        {
            _wasGreeted = true;
            _salt = MysqlGreeting.Salt(body);
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

        switch (body)
        {
            case [OkPacket, ..]:
                _logins.Settle(true);
                return ParseResult.Finished;
            case [ErrorPacket, ..]:
                _logins.Settle(false);
                return ParseResult.Finished;
            case [SwitchPacket, ..] when body[1..].IndexOf((byte)0) is >= 0 and var end:
                // Protocol::AuthSwitchRequest: another plugin, another salt.
                _plugin = LoginTeller.Text(body[1..(end + 1)]);
                _salt = body[(end + 2)..].TrimEnd((byte)0).ToArray();
                break;
        }

        return ++_answers == MostAnswers ? ParseResult.Finished : ParseResult.Done(total);
    }

    /// <inheritdoc/>
    public override void OnEnd() => _logins.End();

    private ParseResult Client(Direction direction, byte sequence, ReadOnlySpan<byte> body, long total, in StreamChunk chunk)
    {
        if (_login is { } asked && sequence > 1)
        {
            Ask(direction, asked, body.ToArray(), chunk);
            return ++_answers >= MostAnswers ? ParseResult.Finished : ParseResult.Done(total);
        }

        if (sequence != 1)
        {
            return ParseResult.Finished;
        }

        MysqlLogin login = MysqlLogin.Read(body);
        _hasNoPassword = login.HasNoPassword;
        if (login.WantsTls)
        {
            return ParseResult.Upgrade(total, "tls");
        }

        if (login.User is null)
        {
            return ParseResult.Finished;
        }

        _login = login;
        _plugin = login.Plugin;
        Ask(direction, login, login.Response, chunk);
        return ParseResult.Done(total);
    }

    private void Ask(Direction direction, MysqlLogin login, byte[] response, in StreamChunk chunk)
    {
        if (response.Length == 0 || !_logins.IsWanted)
        {
            return;
        }

        bool isClear = _plugin == "mysql_clear_password";
        HashLine? line = isClear ? null : Line(response);
        CredentialSeen seen = _logins.Seen(direction, _plugin ?? "mysql_native_password", isClear ? CredentialKind.Password : CredentialKind.Response, chunk);
        _logins.Ask(seen with
        {
            User = login.User,
            Realm = login.Database,
            Secret = Secret.From(isClear ? LoginTeller.Text(response.AsSpan().TrimEnd((byte)0)) : line?.Line ?? $"{Convert.ToHexStringLower(_salt)} {Convert.ToHexStringLower(response)}"),
            HashcatMode = line?.Mode,
        });
    }

    // mysql_native_password: SHA-1 of the password, masked with one over the salt (mode 11200).
    private HashLine? Line(byte[] response)
        => response.Length == Sha1 && _salt.Length == Sha1 && _plugin is null or "" or "mysql_native_password"
            ? new(11200, $"$mysqlna${Convert.ToHexStringLower(_salt)}*{Convert.ToHexStringLower(response)}") : null;
}
