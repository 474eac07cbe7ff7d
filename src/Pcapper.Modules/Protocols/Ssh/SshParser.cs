using System.Security.Cryptography;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ssh;

/// <summary>
/// Reads what is not encrypted: the identification line of each side (RFC 4253, 4.2), then binary packets (6) until SSH_MSG_NEWKEYS. The rest is
/// passed over. Version 1 is not read beyond its line.
/// </summary>
internal sealed class SshParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int MaxIdentification = 255;
    private const int MaxBanner = 256;
    private const int HeadLength = 5;      // length, length of padding
    private const int LeastPacket = 5;     // padding of four, and its length
    private const int MostPacket = 35_000; // RFC 4253, 6.1
    private const byte KexInit = 20;
    private const byte NewKeys = 21;
    private const byte KexReply = 31;      // RFC 4253, 8; RFC 5656, 4; with a group exchange it is the group (RFC 4419, 5)
    private const byte GroupExchangeReply = 33;

    private readonly SoftwareTeller _teller = new(flow, bus, "ssh");
    private readonly Emitter<SshConnection> _connections = bus.Emitter<SshConnection>();
    private readonly string?[] _ids = new string?[2];
    private readonly SshKexInit?[] _inits = new SshKexInit?[2];
    private string? _fingerprint;
    private bool _isGroupExchange;
    private FrameRef _frame;
    private Timestamp _time;
    private bool _hasBegun;
    private bool _isTold;

    /// <inheritdoc/>
    public override bool FollowsOneDirection => true;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
        => _ids[(int)direction] is null ? Identify(direction, chunk) : ReadPacket(direction, chunk.Bytes);

    /// <inheritdoc/>
    public override void OnEnd()
    {
        if (_isTold || !_hasBegun || !_connections.IsWanted)
        {
            return;
        }

        _isTold = true;
        (SshKexInit? client, SshKexInit? server) = (_inits[(int)Direction.ToResponder], _inits[(int)Direction.ToOriginator]);
        string? Agreed(Func<SshKexInit, string> list) => client is null || server is null ? null : SshKexInit.Agreed(list(client), list(server));
        _connections.Emit(new SshConnection
        {
            Flow = flow.Id,
            Frame = _frame,
            Time = _time,
            Version = Version(),
            ClientId = _ids[(int)Direction.ToResponder],
            ServerId = _ids[(int)Direction.ToOriginator],
            Hassh = client?.Hassh,
            HasshServer = server?.HasshServer,
            KeyExchange = Agreed(k => k.KeyExchange),
            HostKeyAlgorithm = Agreed(k => k.HostKey),
            Cipher = Agreed(k => k.Ciphers),
            Mac = Agreed(k => k.Macs),
            Compression = Agreed(k => k.Compressions),
            HostKeyFingerprint = _fingerprint,
        });
    }

    private static bool IsVersion2(string id) => id.StartsWith("SSH-2.", StringComparison.Ordinal) || id.StartsWith("SSH-1.99-", StringComparison.Ordinal);

    // 1.99 speaks both (RFC 4253, 5.1).
    private int? Version() => _ids is [{ } client, { } server] ? IsVersion2(client) && IsVersion2(server) ? 2 : 1 : null;

    private ParseResult Identify(Direction direction, in StreamChunk chunk)
    {
        if (!LineReader.TryRead(chunk.Bytes, out ReadOnlySpan<byte> line, out int length))
        {
            return chunk.Bytes.Length <= MaxIdentification ? ParseResult.NeedMore(chunk.Bytes.Length + 1L) : ParseResult.Malformed("identification too long");
        }

        if (!line.StartsWith("SSH-"u8))
        {
            return ParseResult.NotThisProtocol();
        }

        string id = WireText.Decode(line, MaxBanner);
        _ids[(int)direction] = id;
        if (!_hasBegun)
        {
            (_hasBegun, _frame, _time) = (true, chunk.Frame, chunk.Time);
        }

        // The version of the protocol is told apart by its dash: "SSH-2.0-OpenSSH_9.2p1 Debian-2".
        int dash = line[4..].IndexOf((byte)'-');
        ReadOnlySpan<byte> software = dash < 0 ? default : line[(5 + dash)..];
        if (direction == Direction.ToOriginator)
        {
            _teller.Server(direction, software, chunk);
        }
        else
        {
            _teller.Client(direction, software, chunk);
        }

        return _connections.IsWanted && IsVersion2(id) ? ParseResult.Done(length) : ParseResult.Finished;
    }

    private ParseResult ReadPacket(Direction direction, ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        uint length = reader.U32();
        int padding = reader.U8();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(HeadLength);
        }

        if (length is < LeastPacket or > MostPacket || padding >= length - 1)
        {
            return ParseResult.Malformed("packet length");
        }

        int whole = sizeof(uint) + (int)length;
        if (bytes.Length < whole)
        {
            return ParseResult.NeedMore(whole);
        }

        ReadOnlySpan<byte> payload = reader.Take((int)length - padding - 1);
        if (payload[0] == NewKeys)
        {
            return ParseResult.Finished;
        }

        Note(direction, payload[0], payload[1..]);
        return ParseResult.Done(whole);
    }

    private void Note(Direction direction, byte message, ReadOnlySpan<byte> body)
    {
        if (message == KexInit)
        {
            if (_inits[(int)direction] is null)
            {
                _inits[(int)direction] = SshKexInit.Read(body);
                _isGroupExchange = _inits is [{ } client, { } server] && SshKexInit.Agreed(client.KeyExchange, server.KeyExchange)?.StartsWith("diffie-hellman-group-exchange-", StringComparison.Ordinal) == true;
            }
        }
        else if (direction == Direction.ToOriginator && _fingerprint is null && message == (_isGroupExchange ? GroupExchangeReply : KexReply))
        {
            var reader = new WireReader(body);
            ReadOnlySpan<byte> key = reader.Take((int)Math.Min(reader.U32(), int.MaxValue));
            _fingerprint = !reader.Overrun && IsKey(key) ? $"SHA256:{Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=')}" : null;
        }
    }

    // A key begins with the name of its algorithm (RFC 4253, 6.6); a number of Diffie and Hellman does not.
    private static bool IsKey(ReadOnlySpan<byte> key)
    {
        var reader = new WireReader(key);
        ReadOnlySpan<byte> name = reader.Take((int)Math.Min(reader.U32(), int.MaxValue));
        return !reader.Overrun && name.Length >= 4 && !name.ContainsAnyExceptInRange((byte)'!', (byte)'~');
    }
}
