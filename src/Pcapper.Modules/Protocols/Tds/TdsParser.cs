using System.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tds;

/// <summary>Reads how a session with Microsoft SQL Server or Sybase begins: who logs in and how it went. What comes after it is passed over.</summary>
internal sealed class TdsParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const string Protocol = "mssql";
    private const int MaxLogin = 32 * 1024;
    private const int MostMessages = 32;

    private readonly SoftwareTeller _teller = new(flow, bus, Protocol);
    private readonly LoginTeller _logins = new(flow, bus, Protocol);
    private readonly GssapiTracker _tokens = new(flow, bus, Protocol);
    private readonly List<byte>[] _parts = [[], []];
    private int _messages;
    private bool _isOver;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (_isOver || (!_logins.IsWanted && _messages >= MostMessages))
        {
            return ParseResult.Finished;
        }

        var reader = new WireReader(chunk.Bytes);
        TdsHeader header = TdsHeader.Read(ref reader);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(TdsHeader.Size);
        }

        if (header.Length is < TdsHeader.Size or > TdsHeader.Longest)
        {
            return _messages == 0 ? ParseResult.NotThisProtocol() : ParseResult.Malformed("TDS packet header");
        }

        ReadOnlySpan<byte> body = reader.Take(header.Length - TdsHeader.Size);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(header.Length);
        }

        List<byte> parts = _parts[(int)direction];
        if (!header.IsLast || parts.Count > 0)
        {
            parts.AddRange(body[..Math.Min(body.Length, MaxLogin - parts.Count)]);
            body = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parts);
        }

        if (header.IsLast)
        {
            _messages++;
            Message(direction, header.Type, body, chunk);
            parts.Clear();
        }

        return _isOver ? ParseResult.Finished : ParseResult.Done(header.Length);
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        _logins.End();
        _tokens.End();
    }

    private void Message(Direction direction, TdsPacketType type, ReadOnlySpan<byte> body, in StreamChunk chunk)
    {
        switch (type)
        {
            // TLS comes in packets of this kind; then the login cannot be read.
            case TdsPacketType.PreLogin:
                _isOver = LineReader.IsTls(body);
                break;
            case TdsPacketType.Login7:
                Login(direction, body, chunk);
                break;
            case TdsPacketType.Sspi:
                _tokens.Take(direction, body, chunk.Frame, chunk.Time);
                break;
            case TdsPacketType.Answer:
                Answer(direction, body, chunk);
                break;
            default:
                _isOver = true;
                break;
        }
    }

    private void Login(Direction direction, ReadOnlySpan<byte> body, in StreamChunk chunk)
    {
        if (TdsLogin.Read(body) is not { } login)
        {
            return;
        }

        _teller.Client(direction, Encoding.UTF8.GetBytes(login.Application), chunk);
        if (login.Token.Length > 0)
        {
            _tokens.Take(direction, login.Token, chunk.Frame, chunk.Time);
        }
        else if (login.User.Length > 0)
        {
            _logins.Ask(_logins.Seen(direction, "login7", CredentialKind.Password, chunk) with
            {
                User = login.User,
                Secret = Secret.From(login.Password),
                Realm = login.Database.Length == 0 ? null : login.Database,
            });
        }
    }

    private void Answer(Direction direction, ReadOnlySpan<byte> body, in StreamChunk chunk)
    {
        TdsAnswer answer = TdsAnswer.Read(body);
        if (answer.Software is { } software)
        {
            _teller.Server(direction, Encoding.UTF8.GetBytes(software), chunk);
        }

        if (answer.Token.Length > 0)
        {
            _tokens.Take(direction, answer.Token, chunk.Frame, chunk.Time);
        }

        if (answer.Success is { } success)
        {
            _logins.Settle(success);
            _tokens.Ntlm.Settle(success, null);
            _isOver = success;
        }
    }
}
