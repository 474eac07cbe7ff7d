using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Parses DTLS records, and the handshake as long as it is not encrypted.</summary>
public sealed class DtlsParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int MaxPartial = 8;
    private const int MaxSequence = 64;
    private const int EncryptedHeader = 0x20;       // RFC 9147, 4: 001CSLEE
    private const int EncryptedHeaderMask = 0xE0;

    private readonly TlsSession _session = new(flow, bus, TlsTransport.Datagram);
    private readonly TlsHeartbeats _heartbeats = new(flow, bus);
    private readonly Dictionary<int, FragmentBuffer> _partial = [];
    private readonly ulong[] _seen = new ulong[2];
    private bool _hasBegun;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        var place = new TlsPlace(chunk.Frame, chunk.Time);
        var reader = new WireReader(chunk.Bytes);
        while (reader.Remaining > 0)
        {
            if ((reader.Rest[0] & EncryptedHeaderMask) == EncryptedHeader && _hasBegun)
            {
                _session.Data(direction);
                break;
            }

            var header = DtlsRecordHeader.Read(ref reader);
            if (reader.Overrun || !header.IsPlausible)
            {
                return _hasBegun ? ParseResult.Malformed("DTLS record header") : ParseResult.NotThisProtocol();
            }

            ReadOnlySpan<byte> body = WireLists.TakeUpTo(ref reader, header.Length);
            _hasBegun = true;
            TakeRecord(direction, header, body, place);
        }

        return ParseResult.Done(chunk.Bytes.Length);
    }

    /// <inheritdoc/>
    public override void OnEnd() => _session.End();

    private void TakeRecord(Direction direction, DtlsRecordHeader header, ReadOnlySpan<byte> body, TlsPlace place)
    {
        switch (header.Content)
        {
            case TlsContent.Handshake when header.Epoch == 0:
                TakeHandshake(direction, body, place);
                break;
            case TlsContent.ChangeCipherSpec:
                _session.ChangeCipherSpec(direction);
                break;
            case TlsContent.Alert when header.Epoch == 0 && body is [1 or 2, var description]:
                _session.Alert(direction, body[0], description, place);
                break;
            case TlsContent.Heartbeat:
                _session.Note(direction, 'b');
                _heartbeats.Take(direction, body, header.Epoch != 0, place);
                break;
            case TlsContent.ApplicationData or TlsContent.ConnectionId:
                _session.Data(direction);
                break;
            default:
                break;
        }
    }

    private void TakeHandshake(Direction direction, ReadOnlySpan<byte> body, TlsPlace place)
    {
        var reader = new WireReader(body);
        while (reader.Remaining > 0)
        {
            int left = reader.Remaining;
            var header = DtlsHandshakeHeader.Read(ref reader);
            if (reader.Overrun || !header.IsPlausible(left) || header.Sequence >= MaxSequence)
            {
                return;
            }

            ReadOnlySpan<byte> piece = reader.Take(header.PieceLength);
            ulong bit = 1ul << header.Sequence;
            if ((_seen[(int)direction] & bit) != 0)
            {
                continue;   // sent again
            }

            int key = (header.Sequence * 2) + (int)direction;
            if (piece.Length == header.Length)
            {
                _seen[(int)direction] |= bit;
                _partial.Remove(key);
                _session.Handshake(direction, header.Type, piece, place);
            }
            else if (TryComplete(key, header, piece, out ReadOnlySpan<byte> message))
            {
                _seen[(int)direction] |= bit;
                _partial.Remove(key);
                _session.Handshake(direction, header.Type, message, place);
            }
        }
    }

    private bool TryComplete(int key, DtlsHandshakeHeader header, ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (!_partial.TryGetValue(key, out FragmentBuffer? buffer))
        {
            if (_partial.Count == MaxPartial)
            {
                return false;
            }

            buffer = new FragmentBuffer(HandshakeBuffer.MaxMessage);
            _partial.Add(key, buffer);
        }

        if (!buffer.TryAdd(header.Offset, piece))
        {
            _partial.Remove(key);
            return false;
        }

        message = buffer.Contiguous;
        message = message.Length >= header.Length ? message[..header.Length] : default;
        return !message.IsEmpty;
    }
}
