using System.Buffers;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http2;

/// <summary>Parses HTTP/2 in the clear (RFC 9113): frames, header blocks, and the streams that requests and responses travel on.</summary>
public sealed class Http2Parser : FlowParser
{
    private const int MaxBlock = 64 * 1024;
    private const int MaxBlockFrames = 1024;   // empty CONTINUATION frames cost the sender nothing
    private const int PriorityLength = 5;

    private readonly HttpEmitter _emitter;
    private readonly HttpBodies _bodies;
    private readonly Http2Side _toResponder = new();
    private readonly Http2Side _toOriginator = new();
    private readonly SortedDictionary<uint, Http2Stream> _streams = [];
    private Direction? _requests;
    private uint _last;
    private int _depth;

    /// <summary>Initializes a new instance of the <see cref="Http2Parser"/> class.</summary>
    public Http2Parser(FlowContext flow, RecordBus bus)
    {
        _emitter = new HttpEmitter(flow, bus);
        _bodies = new HttpBodies(flow, bus);
    }

    /// <summary>Initializes a new instance of the <see cref="Http2Parser"/> class for a connection that changed to HTTP/2: the request of the upgrade is stream 1 (RFC 7540, 3.2).</summary>
    internal Http2Parser(FlowContext flow, RecordBus bus, Direction requests, HttpMessage? upgraded, int depth)
        : this(flow, bus)
    {
        _requests = requests;
        _depth = depth;
        Side(requests.Opposite()).HasBegun = true;
        if (upgraded is not null)
        {
            _last = 1;
            _streams[1] = new Http2Stream(++_depth) { Upgraded = upgraded };
        }
    }

    /// <inheritdoc/>
    public override bool FollowsOneDirection => true;

    /// <inheritdoc/>
    public override int MaxMessage => MaxBlock + Http2Frame.HeaderLength;

    /// <summary>Gets what clients begin with (RFC 9113, 3.4).</summary>
    internal static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        Http2Side side = Side(direction);
        if (!side.HasBegun && Begin(direction, side, chunk.Bytes) is { } preface)
        {
            return preface;
        }

        if (side.Data + side.Padding > 0)
        {
            return ReadData(direction, side, chunk);
        }

        if (!Http2Frame.TryRead(chunk.Bytes, out Http2Frame frame))
        {
            return ParseResult.NeedMore(Http2Frame.HeaderLength);
        }

        if (side.BlockStream != 0 && (frame.Type != Http2FrameType.Continuation || frame.Stream != side.BlockStream))
        {
            return ParseResult.Malformed("header block interrupted");
        }

        return frame.Type switch
        {
            Http2FrameType.Data => BeginData(direction, side, frame, chunk.Bytes),
            Http2FrameType.Headers or Http2FrameType.PushPromise or Http2FrameType.Continuation or Http2FrameType.ResetStream => Whole(direction, side, frame, chunk),
            _ => ParseResult.Done(Http2Frame.HeaderLength + frame.Length),
        };
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        // Behind a gap neither the frames' limits nor the table of the header blocks are known; only inside of data both are.
        Http2Side side = Side(direction);
        if (missing >= side.Data)
        {
            return false;
        }

        side.Data -= (int)missing;
        if (MessageOf(direction, side.DataStream) is { } message)
        {
            message.Gap(missing);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        foreach (Http2Stream stream in _streams.Values)
        {
            Emit(stream);
        }

        _streams.Clear();
        _bodies.End();
    }

    private Http2Side Side(Direction direction) => direction == Direction.ToResponder ? _toResponder : _toOriginator;

    // Reads the preface of the client; null if there is none to read, as from a server.
    private ParseResult? Begin(Direction direction, Http2Side side, ReadOnlySpan<byte> bytes)
    {
        int shown = Math.Min(bytes.Length, Preface.Length);
        if (bytes[..shown].SequenceEqual(Preface[..shown]))
        {
            if (shown < Preface.Length)
            {
                return ParseResult.NeedMore(Preface.Length);
            }

            _requests ??= direction;
            side.HasBegun = true;
            return ParseResult.Done(Preface.Length);
        }

        if (direction == (_requests ?? Direction.ToResponder))
        {
            return ParseResult.NotThisProtocol();
        }

        _requests = direction.Opposite();
        side.HasBegun = true;
        return null;
    }

    private ParseResult BeginData(Direction direction, Http2Side side, in Http2Frame frame, ReadOnlySpan<byte> bytes)
    {
        int header = Http2Frame.HeaderLength + (frame.IsPadded ? 1 : 0);
        if (bytes.Length < header)
        {
            return ParseResult.NeedMore(header);
        }

        int padding = frame.IsPadded ? bytes[Http2Frame.HeaderLength] : 0;
        int data = frame.Length - (frame.IsPadded ? 1 : 0) - padding;
        if (data < 0)
        {
            return ParseResult.Malformed("padding longer than its frame");
        }

        (side.DataStream, side.Data, side.Padding, side.DataEndsStream) = (frame.Stream, data, padding, frame.EndsStream);
        if (data + padding == 0)
        {
            EndData(direction, side);
        }

        return ParseResult.Done(header);
    }

    private ParseResult ReadData(Direction direction, Http2Side side, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        int data = Math.Min(bytes.Length, side.Data);
        if (MessageOf(direction, side.DataStream) is { } message)
        {
            bool isRequest = direction == _requests;
            if (_bodies.AreWanted)
            {
                message.Carry(_bodies, direction, isRequest ? null : RequestOf(_streams[side.DataStream]), isRequest);
            }

            message.Add(bytes[..data], chunk);
        }

        side.Data -= data;
        int padding = Math.Min(bytes.Length - data, side.Padding);
        side.Padding -= padding;
        if (side.Data + side.Padding == 0)
        {
            EndData(direction, side);
        }

        return ParseResult.Done(data + padding);
    }

    private void EndData(Direction direction, Http2Side side)
    {
        if (side.DataEndsStream && MessageOf(direction, side.DataStream) is { } message)
        {
            message.IsComplete = true;
            Settle(side.DataStream);
        }
    }

    private ParseResult Whole(Direction direction, Http2Side side, in Http2Frame frame, in StreamChunk chunk)
    {
        if (frame.Length > MaxBlock)
        {
            return ParseResult.Malformed("header frame too long");
        }

        int total = Http2Frame.HeaderLength + frame.Length;
        if (chunk.Bytes.Length < total)
        {
            return ParseResult.NeedMore(total);
        }

        var payload = new WireReader(chunk.Bytes[Http2Frame.HeaderLength..total]);
        if (frame.Type == Http2FrameType.ResetStream)
        {
            if (_streams.Remove(frame.Stream, out Http2Stream? reset))
            {
                Emit(reset);
            }

            return ParseResult.Done(total);
        }

        if (frame.Type != Http2FrameType.Continuation)
        {
            (side.BlockStream, side.BlockFrames, side.EndsStream, side.IsPromise) = (frame.Stream, 0, frame.EndsStream, frame.Type == Http2FrameType.PushPromise);
            (side.Frame, side.Time) = (chunk.Frame, chunk.Time);
            side.Block.ResetWrittenCount();
        }
        else if (side.BlockStream == 0)
        {
            return ParseResult.Malformed("continuation of nothing");
        }

        if (!Append(side, frame, ref payload))
        {
            return ParseResult.Malformed("header frame");
        }

        if (!frame.EndsHeaders)
        {
            return ParseResult.Done(total);
        }

        List<(string Name, string Value)> fields = [];
        bool isDecoded = side.Fields.TryDecode(side.Block.WrittenSpan, fields);
        uint stream = side.IsPromise ? side.Promised : side.BlockStream;
        side.BlockStream = 0;
        if (!isDecoded)
        {
            return ParseResult.Malformed("header compression");
        }

        if (side.Fields.IsCut)
        {
            _emitter.Anomaly("too many header fields", side.Frame, side.Time);
        }

        OnFields(direction, side, stream, fields);
        return ParseResult.Done(total);
    }

    // RFC 9113, 6.2 and 6.6: padding length, priority or promised stream, then a piece of the block, then padding.
    private static bool Append(Http2Side side, in Http2Frame frame, ref WireReader payload)
    {
        bool isContinuation = frame.Type == Http2FrameType.Continuation;
        int padding = frame.IsPadded && !isContinuation ? payload.U8() : 0;
        if (frame.Type == Http2FrameType.Headers && frame.HasPriority)
        {
            payload.Take(PriorityLength);
        }

        if (frame.Type == Http2FrameType.PushPromise)
        {
            side.Promised = payload.U32() & 0x7FFF_FFFF;
        }

        if (payload.Overrun || padding > payload.Rest.Length || ++side.BlockFrames > MaxBlockFrames)
        {
            return false;
        }

        ReadOnlySpan<byte> piece = payload.Rest[..^padding];
        if (side.Block.WrittenCount + piece.Length > MaxBlock)
        {
            return false;
        }

        side.Block.Write(piece);
        return true;
    }

    private void OnFields(Direction direction, Http2Side side, uint id, List<(string Name, string Value)> fields)
    {
        bool isRequest = direction == _requests || side.IsPromise;
        if (!_streams.TryGetValue(id, out Http2Stream? stream))
        {
            // Trailers or answers of a stream that is over (reset, or dropped) begin no new one.
            if (!isRequest || (!side.IsPromise && id <= _last))
            {
                return;
            }

            _last = side.IsPromise ? _last : id;
            stream = Open(id);
        }

        var message = new Http2Message(side.Frame, side.Time, fields) { IsComplete = side.EndsStream || side.IsPromise };
        if (isRequest)
        {
            stream.Request ??= message;
            stream.Request.IsComplete |= message.IsComplete;
        }
        else if (message.Status is >= 100 and < 200 && stream.Response is null)
        {
            stream.InterimStatus = message.Status;
        }
        else
        {
            stream.Response ??= message;
            stream.Response.IsComplete |= message.IsComplete;
        }

        Settle(id);
    }

    private Http2Stream Open(uint id)
    {
        if (_streams.Count >= Limits.MessagesInFlight)
        {
            uint oldest = _streams.First().Key;
            Emit(_streams[oldest]);
            _streams.Remove(oldest);
        }

        var stream = new Http2Stream(++_depth);
        _streams.Add(id, stream);
        return stream;
    }

    private Http2Message? MessageOf(Direction direction, uint id)
        => !_streams.TryGetValue(id, out Http2Stream? stream) ? null : direction == _requests ? stream.Request : stream.Response;

    private void Settle(uint id)
    {
        if (_streams.TryGetValue(id, out Http2Stream? stream) && stream.IsOver)
        {
            _streams.Remove(id);
            Emit(stream);
        }
    }

    private static HttpMessage? RequestOf(Http2Stream stream) => stream.Upgraded ?? stream.Request?.ToMessage(isRequest: true);

    private void Emit(Http2Stream stream)
    {
        stream.Request?.End();
        stream.Response?.End();
        _emitter.Emit(stream.Depth, _requests ?? Direction.ToResponder, RequestOf(stream), stream.Response?.ToMessage(isRequest: false), stream.InterimStatus, null);
    }
}
