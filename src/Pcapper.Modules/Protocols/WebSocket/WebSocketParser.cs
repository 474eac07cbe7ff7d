using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.WebSocket;

/// <summary>Counts the messages of a WebSocket and keeps the start of its first text.</summary>
public sealed class WebSocketParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int Sampled = 256;
    private const int Compressed = 4;   // RSV1, RFC 7692

    private readonly Emitter<WebSocketSession> _sessions = bus.Emitter<WebSocketSession>();
    private WebSocketTotals _toResponder;
    private WebSocketTotals _toOriginator;
    private Direction? _client;
    private FrameRef _frame;
    private Timestamp _time;
    private bool _hasFrames;
    private bool _isCompressed;
    private int? _closeStatus;
    private string? _sample;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        int needed = WebSocketHeader.Read(chunk.Bytes, out WebSocketHeader header);
        if (needed > 0)
        {
            return ParseResult.NeedMore(needed);
        }

        if (!header.IsSound)
        {
            return ParseResult.Malformed("WebSocket frame header");
        }

        // Only what is shown in a report is worth waiting for; the rest of the payload is passed over unseen.
        bool isText = header is { Opcode: WebSocketHeader.Text, Reserved: 0, Length: > 0 } && _sample is null;
        bool isClose = header is { Opcode: WebSocketHeader.Close, Length: >= 2 } && _closeStatus is null;
        int wanted = isText ? (int)Math.Min(header.Length, Sampled) : isClose ? 2 : 0;
        if (chunk.Bytes.Length < header.HeaderLength + wanted)
        {
            return ParseResult.NeedMore(header.HeaderLength + wanted);
        }

        if (wanted > 0)
        {
            Span<byte> start = stackalloc byte[Sampled];
            start = start[..wanted];
            chunk.Bytes.Slice(header.HeaderLength, wanted).CopyTo(start);
            Unmask(start, header.Mask);
            _sample = isText ? WireText.Decode(start) : _sample;
            _closeStatus = isClose ? (start[0] << 8) | start[1] : _closeStatus;
        }

        Count(direction, header, chunk);
        return ParseResult.Done(header.HeaderLength + header.Length);
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        if (!_hasFrames || !_sessions.IsWanted)
        {
            return;
        }

        Direction client = _client ?? Direction.ToResponder;
        bool isOriginator = client == Direction.ToResponder;
        _sessions.Emit(new WebSocketSession
        {
            Flow = flow.Id,
            Frame = _frame,
            Time = _time,
            Client = flow.Id.Sender(client),
            Server = flow.Id.Receiver(client),
            ServerPort = isOriginator ? flow.Id.ResponderPort : flow.Id.OriginatorPort,
            Sent = isOriginator ? _toResponder : _toOriginator,
            Received = isOriginator ? _toOriginator : _toResponder,
            IsCompressed = _isCompressed,
            CloseStatus = _closeStatus,
            Sample = _sample,
        });
    }

    private static void Unmask(Span<byte> bytes, uint mask)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= (byte)(mask >> (24 - (8 * (i & 3))));
        }
    }

    private void Count(Direction direction, in WebSocketHeader header, in StreamChunk chunk)
    {
        if (!_hasFrames)
        {
            (_hasFrames, _frame, _time) = (true, chunk.Frame, chunk.Time);
        }

        // RFC 6455, 5.1: clients mask, servers do not.
        _client ??= header.IsMasked ? direction : direction.Opposite();
        _isCompressed |= (header.Reserved & Compressed) != 0;
        ref WebSocketTotals totals = ref direction == Direction.ToResponder ? ref _toResponder : ref _toOriginator;
        totals = totals with
        {
            Texts = totals.Texts + (header.Opcode == WebSocketHeader.Text ? 1 : 0),
            Binaries = totals.Binaries + (header.Opcode == WebSocketHeader.Binary ? 1 : 0),
            Controls = totals.Controls + (header.IsControl ? 1 : 0),
            Bytes = totals.Bytes + (header.IsControl ? 0 : header.Length),
        };
    }
}
