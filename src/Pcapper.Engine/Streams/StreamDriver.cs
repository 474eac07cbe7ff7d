using System.Numerics;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Finds out what a flow speaks and feeds its parser: buffers what the parser has not consumed, passes over what it does not want to see.</summary>
internal sealed class StreamDriver(Flow flow, Transports transport, Identifier identifier, RecordBus bus, Emitter<AnomalySeen> anomalies) : IStreamSink
{
    private const int FirstBytesKept = 16;
    private const int AlreadyArranged = -1;
    private const int DatagramsProbed = 4;
    private const int DatagramsWaited = 64 * 1024;

    private StreamSide _toResponder;
    private StreamSide _toOriginator;
    private IProtocol? _protocol;
    private FlowParser? _parser;
    private List<string>? _services;
    private byte[] _firstBytes = [];
    private ulong _excluded;
    private int _datagrams;
    private bool _consumed;
    private bool _over;
    private bool _isRunning;

    /// <summary>Gets the names of the protocols that were spoken.</summary>
    public IReadOnlyList<string> Services => _services ?? (IReadOnlyList<string>)[];

    /// <summary>Gets the first bytes of a flow that nothing recognised.</summary>
    public ReadOnlyMemory<byte> FirstBytes => _services is null ? _firstBytes : default;

    /// <inheritdoc/>
    public bool Wants(Direction direction) => !_over && Of(direction).Skip != long.MaxValue;

    /// <inheritdoc/>
    public void Deliver(Direction direction, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        ref StreamSide side = ref Of(direction);
        if (_over || side.PassOver(ref bytes))
        {
            return;
        }

        if (_parser is null)
        {
            side.Append(bytes, frame, time);
            Identify(isFinal: false);
        }
        else if (side.IsEmpty)
        {
            Span<ChunkPiece> pieces = [new ChunkPiece(0, frame, time)];
            int left = Feed(direction, bytes, pieces);
            if (left > 0)
            {
                Of(direction).Append(bytes[^left..], frame, time);
            }
        }
        else
        {
            side.Append(bytes, frame, time);
            FeedBuffered(direction);
        }
    }

    /// <summary>Takes one datagram.</summary>
    public void Datagram(Direction direction, ReadOnlySpan<byte> bytes, int missing, FrameRef frame, Timestamp time)
    {
        if (!Wants(direction))
        {
            return;
        }

        if (_parser is null && (!IsProbed() || !IdentifyDatagram(direction, bytes)))
        {
            return;
        }

        var chunk = new StreamChunk { Bytes = bytes, Pieces = [new ChunkPiece(0, frame, time)], IsDatagram = true, Missing = missing };
        ParseResult result = _parser!.Parse(direction, chunk);
        switch (result.Status)
        {
            case ParseStatus.NotThisProtocol when !_consumed:
                Exclude();
                Datagram(direction, bytes, missing, frame, time);
                break;
            case ParseStatus.NeedMore when missing > 0:
                break;
            case ParseStatus.Done:
                _consumed = true;
                Of(direction).Skip = result.Bytes == long.MaxValue ? long.MaxValue : 0;
                break;
            default:
                // A bad datagram does not spoil the next one.
                Anomaly(result.Reason ?? "not understood", frame, time);
                break;
        }
    }

    /// <inheritdoc/>
    public void Gap(Direction direction, long missing)
    {
        ref StreamSide side = ref Of(direction);
        if (_over || side.PassOverGap(ref missing))
        {
            return;
        }

        if (_parser is null)
        {
            if (!side.IsEmpty)
            {
                Identify(isFinal: true);
            }

            Of(direction).Clear();
            return;
        }

        side.Clear();
        if (!_parser.OnGap(direction, missing))
        {
            side.Skip = long.MaxValue;
            CheckOver();
        }
    }

    /// <inheritdoc/>
    public void Close(Direction direction, Timestamp time)
    {
        if (_over)
        {
            return;
        }

        if (_parser is null && !Of(direction).IsEmpty)
        {
            Identify(isFinal: true);
        }

        _parser?.OnClose(direction, time);
    }

    /// <summary>The flow is over.</summary>
    public void End()
    {
        if (!_over && _parser is null && (!_toResponder.IsEmpty || !_toOriginator.IsEmpty))
        {
            Identify(isFinal: true);
        }

        _parser?.OnEnd();
        GiveUp();
    }

    /// <summary>Counts only, from here on.</summary>
    public void GiveUp()
    {
        _over = true;
        _parser = null;
        _toResponder.Clear();
        _toOriginator.Clear();
    }

    private ref StreamSide Of(Direction direction) => ref direction == Direction.ToResponder ? ref _toResponder : ref _toOriginator;

    private void Identify(bool isFinal)
    {
        if (flow.AnnouncedAs is Expectation announced && identifier.Find(announced.Protocol) is IProtocol expected)
        {
            Begin(expected);
        }
        else
        {
            isFinal |= Math.Max(_toResponder.Length, _toOriginator.Length) >= Limits.ProbeStream;
            (Confidence confidence, IProtocol? protocol) = identifier.Judge(
                transport, Head(_toResponder.Bytes), Head(_toOriginator.Bytes), flow.Id.Key, _excluded, isFinal);
            if (confidence == Confidence.Undecided)
            {
                return;
            }

            if (protocol is null)
            {
                KeepFirstBytes(_toResponder.IsEmpty ? _toOriginator.Bytes : _toResponder.Bytes);
                GiveUp();
                return;
            }

            Begin(protocol);
        }

        FeedInOrder();
    }

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, Limits.ProbeStream)];

    private bool IdentifyDatagram(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (flow.AnnouncedAs is Expectation announced && identifier.Find(announced.Protocol) is IProtocol expected)
        {
            Begin(expected);
            return true;
        }

        (Confidence confidence, IProtocol? protocol) = direction == Direction.ToResponder
            ? identifier.Judge(transport, bytes, default, flow.Id.Key, _excluded, isFinal: true)
            : identifier.Judge(transport, default, bytes, flow.Id.Key, _excluded, isFinal: true);
        bool isConvincing = _datagrams < DatagramsProbed ? confidence >= Confidence.Plausible
            : confidence == Confidence.Certain || (confidence == Confidence.Plausible && IsUsualPort(protocol));
        if (protocol is not null && isConvincing)
        {
            Begin(protocol);
            return true;
        }

        if (_datagrams++ == 0)
        {
            KeepFirstBytes(bytes);
        }

        _over = _datagrams >= DatagramsWaited;
        return false;
    }

    // The first few datagrams, then the 8th, 16th, 32nd and so on: a few that say nothing must not hide what comes behind them.
    private bool IsProbed()
    {
        if (_datagrams < DatagramsProbed)
        {
            return true;
        }

        int number = _datagrams + 1;
        if (BitOperations.IsPow2(number))
        {
            return true;
        }

        _datagrams = number;
        return false;
    }

    // With so many datagrams to look at, a likeness alone is too little.
    private bool IsUsualPort(IProtocol? protocol)
        => protocol is not null && (protocol.UsualPorts.Contains(flow.Id.ResponderPort) || protocol.UsualPorts.Contains(flow.Id.OriginatorPort));

    private void KeepFirstBytes(ReadOnlySpan<byte> bytes) => _firstBytes = bytes[..Math.Min(bytes.Length, FirstBytesKept)].ToArray();

    private void Begin(IProtocol protocol)
    {
        _protocol = protocol;
        _parser = protocol.CreateParser(flow, bus);
        _consumed = false;
        (_services ??= []).Add(protocol.Name);
    }

    private void Exclude()
    {
        _excluded |= identifier.Bit(transport, _protocol!);
        _services!.RemoveAt(_services.Count - 1);
        _services = _services.Count == 0 ? null : _services;
        _parser = null;
        flow.Announce(null);
        _toResponder.Needed = 0;
        _toOriginator.Needed = 0;
    }

    // What was buffered while identifying is shown in the order in which it was captured.
    private void FeedInOrder()
    {
        bool originatorFirst = _toOriginator.IsEmpty
            || (!_toResponder.IsEmpty && _toResponder.FirstFrame.CompareTo(_toOriginator.FirstFrame) <= 0);
        FeedBuffered(originatorFirst ? Direction.ToResponder : Direction.ToOriginator);
        if (_parser is not null)
        {
            FeedBuffered(originatorFirst ? Direction.ToOriginator : Direction.ToResponder);
        }
    }

    private void FeedBuffered(Direction direction)
    {
        ref StreamSide side = ref Of(direction);
        if (_over || _parser is null || side.IsEmpty || side.Length < side.Needed || _isRunning)
        {
            return;
        }

        int length = side.Length;
        int left = Feed(direction, side.Bytes, side.Pieces);
        if (!_over && left != AlreadyArranged)
        {
            Of(direction).Consume(length - left);
        }
    }

    // Returns how many bytes at the end were not consumed and must be kept, or AlreadyArranged if the buffers hold what they should.
    private int Feed(Direction direction, ReadOnlySpan<byte> bytes, ReadOnlySpan<ChunkPiece> pieces)
    {
        Span<ChunkPiece> shifted = stackalloc ChunkPiece[1];
        int at = 0;
        while (at < bytes.Length && !_over)
        {
            ref StreamSide side = ref Of(direction);
            ReadOnlySpan<ChunkPiece> mine = StreamSide.PiecesFrom(pieces, at, shifted, out ChunkPiece[]? many);
            var chunk = new StreamChunk { Bytes = bytes[at..], Pieces = many is null ? mine : many, IsDatagram = false };
            _isRunning = true;
            ParseResult result = _parser!.Parse(direction, chunk);
            _isRunning = false;
            switch (result.Status)
            {
                case ParseStatus.Done when result.Bytes > 0:
                    _consumed = true;
                    side.Needed = 0;
                    if (result.Bytes >= bytes.Length - at)
                    {
                        side.Skip = result.Bytes == long.MaxValue ? long.MaxValue : result.Bytes - (bytes.Length - at);
                        CheckOver();
                        return 0;
                    }

                    at += (int)result.Bytes;
                    break;
                case ParseStatus.NeedMore when result.Bytes > bytes.Length - at && result.Bytes <= _parser.MaxMessage:
                    side.Needed = (int)result.Bytes;
                    return bytes.Length - at;
                case ParseStatus.Upgrade:
                    return Upgrade(direction, result, bytes.Length - at, chunk);
                case ParseStatus.NotThisProtocol when !_consumed:
                    Exclude();
                    RestoreAndRetry(direction, bytes, pieces);
                    return AlreadyArranged;
                default:
                    Anomaly(Reason(result, bytes.Length - at), chunk.Frame, chunk.Time);
                    _parser.OnEnd();
                    GiveUp();
                    return 0;
            }
        }

        return 0;
    }

    private static string Reason(in ParseResult result, int shown) => result.Status switch
    {
        ParseStatus.NeedMore when result.Bytes > shown => "message too long",
        ParseStatus.NeedMore => "parser asked for bytes it had",
        ParseStatus.Done => "parser made no progress",
        ParseStatus.NotThisProtocol => "stopped speaking the protocol",
        _ => result.Reason ?? "malformed",
    };

    // The parser declined before it consumed anything, so all bytes so far are still at hand: in the buffers, or in the chunk being fed.
    private void RestoreAndRetry(Direction direction, ReadOnlySpan<byte> bytes, ReadOnlySpan<ChunkPiece> pieces)
    {
        ref StreamSide side = ref Of(direction);
        if (side.IsEmpty)
        {
            side.Append(bytes, pieces[0].Frame, pieces[0].Time);
        }

        Identify(isFinal: false);
    }

    private int Upgrade(Direction direction, in ParseResult result, int shown, in StreamChunk chunk)
    {
        int consumed = (int)Math.Min(result.Bytes, shown);
        _parser!.OnEnd();
        _parser = null;
        _excluded = 0;
        Of(direction).Needed = 0;
        ref StreamSide other = ref direction == Direction.ToResponder ? ref _toOriginator : ref _toResponder;
        other.Needed = 0;
        other.Skip = 0;
        ReadOnlySpan<byte> rest = chunk.Bytes[consumed..];
        var copy = rest.ToArray();
        FrameRef frame = chunk.FrameAt(consumed);
        Timestamp time = chunk.TimeAt(consumed);
        Of(direction).Clear();
        if (copy.Length > 0)
        {
            Of(direction).Append(copy, frame, time);
        }

        if (result.Protocol is not null && identifier.Find(result.Protocol) is IProtocol next)
        {
            Begin(next);
            FeedInOrder();
        }
        else if (!_toResponder.IsEmpty || !_toOriginator.IsEmpty)
        {
            Identify(isFinal: false);
        }

        return AlreadyArranged;
    }

    private void CheckOver()
    {
        if (_toResponder.Skip == long.MaxValue && _toOriginator.Skip == long.MaxValue)
        {
            _toResponder.Clear();
            _toOriginator.Clear();
        }
    }

    private void Anomaly(string rule, FrameRef frame, Timestamp time)
    {
        if (anomalies.IsWanted)
        {
            anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = _protocol!.Name, Rule = rule });
        }
    }
}
