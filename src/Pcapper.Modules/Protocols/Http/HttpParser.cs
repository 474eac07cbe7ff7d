using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http2;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Parses HTTP/1.0 and 1.1 and pairs responses with requests, in the order of the connection (RFC 9112, 9.3).</summary>
public sealed class HttpParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int Http2Overhead = 1024;

    private readonly HttpEmitter _emitter = new(flow, bus);
    private readonly MessageReader _toResponder = new(flow.SawStart);
    private readonly MessageReader _toOriginator = new(flow.SawStart);
    private readonly HttpBodies _bodies = new(flow, bus);
    private readonly Queue<Pending> _pending = new();
    private Direction? _requests;
    private Pending? _current;
    private int _interimStatus;
    private string? _interimReason;
    private Http2Parser? _successor;
    private bool _responseOpen;
    private bool _requestOpen;
    private bool _sawMessage;
    private bool _lostRequests;     // behind the latest one
    private bool _missedRequests;
    private bool _lostResponses = !flow.SawStart;
    private bool _isNobodys;   // the response at hand
    private FrameRef? _answered;
    private int _depth;

    /// <inheritdoc/>
    public override bool FollowsOneDirection => _successor is { FollowsOneDirection: true };

    /// <inheritdoc/>
    public override int MaxMessage => Limits.Message + Http2Overhead;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (_successor is not null)
        {
            return _successor.Parse(direction, chunk);
        }

        if (_pending.Count > 0 && direction != _requests)
        {
            Hear(chunk.Frame);
        }

        MessageReader reader = Reader(direction);
        ParseResult result = reader.Read(chunk, isFirst: !_sawMessage, out MessageReader.Event what);
        if (reader.TakeProblem() is string rule)
        {
            _emitter.Anomaly(rule, chunk.Frame, chunk.Time);
        }

        return what switch
        {
            MessageReader.Event.HeadRead => OnHead(direction, reader, result),
            MessageReader.Event.BodyRead => OnBody(direction, reader, result),
            _ when reader.IsLost => OnLost(direction, reader, result),
            _ => result,
        };
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        if (_successor is not null)
        {
            return _successor.OnGap(direction, missing);
        }

        MessageReader reader = Reader(direction);
        CutHead(direction, reader);
        reader.Gap(missing);
        if (reader.IsLost)
        {
            FinishOpen(direction, reader);
            _lostRequests |= direction == _requests;
            _missedRequests |= _lostRequests;
            _lostResponses |= direction == _requests?.Opposite();
        }

        return true;
    }

    /// <inheritdoc/>
    public override void OnClose(Direction direction, Timestamp time)
    {
        MessageReader reader = Reader(direction);
        if (direction != _requests && _responseOpen && reader.IsUntilClose)
        {
            FinishResponse(reader, isComplete: true);
        }
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        _successor?.OnEnd();
        CutHead(Direction.ToResponder, _toResponder);
        CutHead(Direction.ToOriginator, _toOriginator);
        if (_responseOpen)
        {
            FinishResponse(Reader(_requests!.Value.Opposite()), isComplete: false);
        }

        if (_requestOpen)
        {
            FinishRequest(Reader(_requests!.Value), isComplete: false);
        }

        _bodies.End();

        while (_pending.TryDequeue(out Pending? pending))
        {
            _emitter.Emit(pending.Depth, _requests!.Value, pending.Request, null, pending.InterimStatus, pending.InterimReason);
        }
    }

    private MessageReader Reader(Direction direction) => direction == Direction.ToResponder ? _toResponder : _toOriginator;

    private ParseResult OnHead(Direction direction, MessageReader reader, in ParseResult result)
    {
        bool isRequest = reader.Line.Method is not null;
        _requests ??= isRequest ? direction : direction.Opposite();
        if (isRequest != (direction == _requests))
        {
            return ParseResult.Malformed(isRequest ? "request from the server" : "response from the client");
        }

        _sawMessage = true;
        NoteCut(reader);
        return isRequest ? OnRequest(direction, reader, result) : OnResponse(reader, result);
    }

    private void NoteCut(MessageReader reader)
    {
        if (reader.Head.Problem is string rule)
        {
            _emitter.Anomaly(rule, reader.Frame, reader.Time);
        }

        if (reader.Line.IsTargetCut)
        {
            _emitter.Anomaly("request target cut", reader.Frame, reader.Time);
        }
    }

    // A start line says most of what there is to know, even if the fields behind it are lost.
    private void CutHead(Direction direction, MessageReader reader)
    {
        if (_successor is not null || !reader.TryFinishHead())
        {
            return;
        }

        bool isRequest = reader.Line.Method is not null;
        _requests ??= isRequest ? direction : direction.Opposite();
        if (isRequest != (direction == _requests))
        {
            return;
        }

        if (isRequest)
        {
            _pending.Enqueue(new Pending(++_depth) { Frame = reader.Frame, Request = reader.Finish(isComplete: false), Method = reader.Line.Method! });
        }
        else if (reader.Line.Status is < 100 or >= 200)
        {
            Settle(reader.Frame);
            FinishResponse(reader, isComplete: false);
        }
    }

    private ParseResult OnRequest(Direction direction, MessageReader reader, in ParseResult result)
    {
        if (_pending.Count >= Limits.MessagesInFlight)
        {
            Pending oldest = _pending.Dequeue();
            _emitter.Emit(oldest.Depth, direction, oldest.Request, null, 0, null);
        }

        var pending = new Pending(++_depth)
        {
            Frame = reader.Frame,
            IsBehindLoss = _lostRequests,
            IsLate = _missedRequests && _answered is { } answered && reader.Frame.CompareTo(answered) < 0,
        };
        _lostRequests = false;
        _pending.Enqueue(pending);
        _current = pending;
        _requestOpen = reader.BeginBody(isBodiless: false);
        pending.Request = reader.Finish(isComplete: !_requestOpen);
        if (_requestOpen)
        {
            reader.Carry(_bodies, direction, null);
        }

        pending.Method = reader.Line.Method!;
        return result;
    }

    private ParseResult OnResponse(MessageReader reader, in ParseResult result)
    {
        int status = reader.Line.Status;
        bool isInterim = status is >= 100 and < 200 and not 101;
        if (isInterim)
        {
            _interimStatus = status;
            _interimReason = reader.Line.Reason;
            reader.BeginBody(isBodiless: true);
            return result;
        }

        Settle(reader.Frame);
        Pending? asked = _isNobodys ? null : _pending.FirstOrDefault();
        string? method = asked?.Method;
        bool isTunnel = method == "CONNECT" && status is >= 200 and < 300;
        bool isBodiless = method == "HEAD" || isTunnel || status is 101 or 204 or 304;
        HttpMessage? upgraded = status == 101 ? asked?.Request : null;
        _responseOpen = reader.BeginBody(isBodiless);
        if (_responseOpen)
        {
            reader.Carry(_bodies, _requests!.Value.Opposite(), asked?.Request);
        }
        else
        {
            FinishResponse(reader, isComplete: true);
        }

        if (isTunnel)
        {
            return ParseResult.Upgrade(result.Bytes, null);
        }

        if (status != 101)
        {
            return result;
        }

        string? next = reader.Head["Upgrade"]?.Trim().ToLowerInvariant();
        if (next == "h2c")
        {
            // The answer to the request that asked for the upgrade comes on stream 1: only this parser knows what it was.
            _successor = new Http2Parser(flow, bus, _requests!.Value, upgraded, _depth);
            return result;
        }

        return ParseResult.Upgrade(result.Bytes, next == "websocket" ? next : null);
    }

    // After a loss the order tells nothing: what cannot be told is left without its other half.
    private void Settle(FrameRef response)
    {
        Pending? asked = _lostResponses && !_lostRequests ? AskedBefore(response) : null;
        _isNobodys = _lostResponses && asked is null;
        while (_pending.TryPeek(out Pending? oldest) && !ReferenceEquals(oldest, asked) && !(_requestOpen && ReferenceEquals(oldest, _current))
            && (oldest.IsLate || (_lostResponses && oldest.Frame.CompareTo(response) < 0)))
        {
            _pending.Dequeue();
            Emit(oldest);
        }

        _lostRequests &= !_lostResponses;
        _lostResponses = false;
        _answered = response;
    }

    // A client that waits for an answer before it asks again means its latest request. That it waited shows in what the server sent between
    // the requests, be it no more than the end of a message whose beginning is lost; what lies behind a loss did not follow at once either.
    private Pending? AskedBefore(FrameRef response)
    {
        Pending? latest = null;
        foreach (Pending pending in _pending)
        {
            if (pending.Frame.CompareTo(response) > 0)
            {
                break;
            }

            if (latest is not null && !pending.IsBehindLoss && !(latest.Heard is { } heard && heard.CompareTo(pending.Frame) < 0))
            {
                return null;
            }

            latest = pending;
        }

        return latest;
    }

    private void Hear(FrameRef frame)
    {
        Pending? latest = null;
        foreach (Pending pending in _pending)
        {
            latest = pending.Frame.CompareTo(frame) < 0 ? pending : latest;
        }

        if (latest is not null)
        {
            latest.Heard ??= frame;
        }
    }

    private ParseResult OnBody(Direction direction, MessageReader reader, in ParseResult result)
    {
        if (direction == _requests)
        {
            FinishRequest(reader, isComplete: true);
        }
        else
        {
            FinishResponse(reader, isComplete: true);
        }

        return result;
    }

    private ParseResult OnLost(Direction direction, MessageReader reader, in ParseResult result)
    {
        FinishOpen(direction, reader);
        return result;
    }

    private void FinishOpen(Direction direction, MessageReader reader)
    {
        if (direction == _requests && _requestOpen)
        {
            FinishRequest(reader, isComplete: false);
        }
        else if (direction != _requests && _responseOpen)
        {
            FinishResponse(reader, isComplete: false);
        }
    }

    // The request may have been answered before its body was complete; then it has been stated already.
    private void FinishRequest(MessageReader reader, bool isComplete)
    {
        _requestOpen = false;
        HttpMessage message = reader.Finish(isComplete);
        if (_current is not null)
        {
            _current.Request = message;
            if (_current.Response is not null)
            {
                Emit(_current);
            }

            _current = null;
        }
    }

    private void FinishResponse(MessageReader reader, bool isComplete)
    {
        _responseOpen = false;
        HttpMessage response = reader.Finish(isComplete);
        if (_isNobodys || !_pending.TryDequeue(out Pending? pending))
        {
            pending = new Pending(++_depth) { Frame = response.Frame };
        }

        _isNobodys = false;
        pending.Response = response;
        pending.InterimStatus = _interimStatus;
        pending.InterimReason = _interimReason;
        _interimStatus = 0;
        _interimReason = null;
        if (!(_requestOpen && ReferenceEquals(pending, _current)))
        {
            Emit(pending);
        }
    }

    private void Emit(Pending pending)
        => _emitter.Emit(pending.Depth, _requests!.Value, pending.Request, pending.Response, pending.InterimStatus, pending.InterimReason);

    private sealed class Pending(int depth)
    {
        public int Depth { get; } = depth;

        /// <summary>Gets a value indicating whether a loss held the request back until after a later frame's response.</summary>
        public bool IsLate { get; init; }

        /// <summary>Gets a value indicating whether bytes of the client are missing just before the request.</summary>
        public bool IsBehindLoss { get; init; }

        /// <summary>Gets the frame of the request.</summary>
        public required FrameRef Frame { get; init; }

        /// <summary>Gets or sets the first frame after it in which the server sent something, or null.</summary>
        public FrameRef? Heard { get; set; }

        public string Method { get; set; } = "";

        public HttpMessage? Request { get; set; }

        public HttpMessage? Response { get; set; }

        public int InterimStatus { get; set; }

        public string? InterimReason { get; set; }
    }
}
