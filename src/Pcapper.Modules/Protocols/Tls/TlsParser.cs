using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Parses the records of SSL 2.0 to TLS 1.3, and the handshake as long as it is not encrypted.</summary>
public sealed class TlsParser(FlowContext flow, RecordBus bus) : FlowParser
{
    /// <summary>The longest SSL 2.0 hello worth waiting for: a server's has a certificate.</summary>
    internal const int MaxSslV2Hello = 16 * 1024;

    private readonly TlsSession _session = new(flow, bus, TlsTransport.Stream);
    private readonly TlsHeartbeats _heartbeats = new(flow, bus);
    private readonly HandshakeBuffer[] _handshakes = [new(), new()];
    private readonly bool[] _isLost = new bool[2];
    private readonly bool[] _hasBegun = new bool[2];
    private bool _isSslV2;

    /// <inheritdoc/>
    public override bool FollowsOneDirection => true;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (_isSslV2 || (!_hasBegun[(int)direction] && chunk.Bytes is [>= 0x80, ..]))
        {
            return ParseSslV2(direction, chunk);
        }

        var reader = new WireReader(chunk.Bytes);
        var header = TlsRecordHeader.Read(ref reader);
        if (reader.Overrun)
        {
            return TlsRecordHeader.MayBegin(chunk.Bytes) || _isLost[(int)direction] ? ParseResult.NeedMore(TlsRecordHeader.Size) : Refuse();
        }

        if (_isLost[(int)direction])
        {
            int skipped = FindRecord(chunk.Bytes);
            _isLost[(int)direction] = skipped == chunk.Bytes.Length;
            if (skipped > 0)
            {
                return ParseResult.Done(skipped);
            }
        }

        if (!header.IsPlausible)
        {
            return Refuse();
        }

        long total = TlsRecordHeader.Size + header.Length;
        bool isOpaque = header.Content == TlsContent.ApplicationData || (header.Content == TlsContent.Handshake && _session.IsEncrypted(direction));
        if (isOpaque)
        {
            if (header.Content == TlsContent.ApplicationData)
            {
                _session.Data(direction);
            }

            _hasBegun[(int)direction] = true;
            return ParseResult.Done(total);
        }

        ReadOnlySpan<byte> body = reader.Take(header.Length);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(total);
        }

        _hasBegun[(int)direction] = true;
        int last = (int)total - 1;
        return TakeRecord(direction, header, body, new TlsPlace(chunk.FrameAt(last), chunk.TimeAt(last)))
            ? ParseResult.Done(total)
            : GiveUp("handshake message too long");
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        _handshakes[(int)direction].Clear();
        _isLost[(int)direction] = true;
        return !_session.IsStated && !_isSslV2;
    }

    /// <inheritdoc/>
    public override void OnEnd() => _session.End();

    /// <summary>Finds the first place where a record may begin and its end is the end of the bytes, or another record begins there.</summary>
    private static int FindRecord(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at + TlsRecordHeader.Size <= bytes.Length; at++)
        {
            var reader = new WireReader(bytes[at..]);
            var header = TlsRecordHeader.Read(ref reader);
            if (!header.IsPlausible || header.Length == 0)
            {
                continue;
            }

            reader.Skip(header.Length);
            bool isChained = !reader.Overrun && TlsRecordHeader.MayBegin(reader.Rest);
            if (isChained || (at == 0 && reader.Overrun))
            {
                return at;
            }
        }

        return bytes.Length;
    }

    private ParseResult Refuse()
        => _hasBegun[0] || _hasBegun[1] ? GiveUp("TLS record header") : ParseResult.NotThisProtocol();

    private ParseResult GiveUp(string rule)
    {
        _session.End();
        return ParseResult.Malformed(rule);
    }

    private bool TakeRecord(Direction direction, TlsRecordHeader header, ReadOnlySpan<byte> body, TlsPlace place)
    {
        switch (header.Content)
        {
            case TlsContent.Handshake:
                return TakeHandshake(direction, body, place);
            case TlsContent.ChangeCipherSpec:
                _session.ChangeCipherSpec(direction);
                return true;
            case TlsContent.Alert when body is [1 or 2, var description]:   // an encrypted one is longer
                _session.Alert(direction, body[0], description, place);
                return true;
            case TlsContent.Heartbeat:
                _session.Note(direction, 'b');
                _heartbeats.Take(direction, body, _session.IsEncrypted(direction), place);
                return true;
            default:
                return true;
        }
    }

    private bool TakeHandshake(Direction direction, ReadOnlySpan<byte> body, TlsPlace place)
    {
        HandshakeBuffer buffer = _handshakes[(int)direction];
        if (_session.IsStated)
        {
            buffer.Clear();
            return true;
        }

        buffer.Add(body);
        while (!_session.IsEncrypted(direction) && buffer.TryTake(out TlsHandshakeType type, out ReadOnlySpan<byte> message))
        {
            _session.Handshake(direction, type, message, place);
        }

        return !buffer.TooLong;
    }

    private ParseResult ParseSslV2(Direction direction, in StreamChunk chunk)
    {
        var reader = new WireReader(chunk.Bytes);
        int length = reader.U16() & 0x7FFF;
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(2);
        }

        bool isServer = chunk.Bytes.Length > 2 && chunk.Bytes[2] == (byte)SslV2Message.ServerHello;
        if (_isSslV2 && !isServer)
        {
            return ParseResult.Finished;   // what follows the hellos is encrypted or of no interest
        }

        if (length > MaxSslV2Hello)
        {
            return Refuse();
        }

        ReadOnlySpan<byte> message = reader.Take(length);
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(2 + length);
        }

        int last = 2 + length - 1;
        var place = new TlsPlace(chunk.FrameAt(last), chunk.TimeAt(last));
        if (_session.SslV2ClientHello(direction, message, place))
        {
            _hasBegun[(int)direction] = true;
            return ParseResult.Done(2 + length);
        }

        if (!SslV2ServerHello.TryRead(message, out ReadOnlySpan<byte> certificate, out int cipher))
        {
            return Refuse();
        }

        _isSslV2 = true;
        _hasBegun[(int)direction] = true;
        _session.SslV2ServerHello(direction, certificate, cipher, place);
        return ParseResult.Finished;
    }
}
