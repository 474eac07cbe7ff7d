using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Finds out what a flow speaks and feeds its parser: buffers what the parser has not consumed, passes over what it does not want to see.</summary>
internal sealed class StreamDriver(Flow flow, Transports transport, Identifier identifier, RecordBus bus, Emitter<AnomalySeen> anomalies) : IStreamSink
{
    private const int AlreadyArranged = -1;

    private Recognition _recognition = new(flow, transport, identifier);
    private StreamWatchers? _watchers = StreamWatchers.Of(bus.StreamConsumers, flow, transport);
    private StreamSide _toResponder;
    private StreamSide _toOriginator;
    private IProtocol? _protocol;
    private FlowParser? _parser;
    private List<string>? _services;
    private bool _isLost;
    private bool _consumed;
    private bool _over;
    private bool _isRunning;

    /// <summary>Gets the names of the protocols that were spoken.</summary>
    public IReadOnlyList<string> Services => _services ?? (IReadOnlyList<string>)[];

    /// <summary>Gets the first bytes of a flow that nothing recognised.</summary>
    public ReadOnlyMemory<byte> FirstBytes => _services is null ? _recognition.FirstBytes : default;

    /// <inheritdoc/>
    public bool Wants(Direction direction) => IsParsed(direction) || _watchers?.Want(direction) == true;

    /// <inheritdoc/>
    public void Deliver(Direction direction, long offset, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        _watchers?.Take(direction, offset, bytes, frame, time);
        ref StreamSide side = ref Of(direction);
        if (_over || side.PassOver(ref bytes))
        {
            return;
        }

        if (_parser is null)
        {
            bool isAlone = _isLost || (_toResponder.IsEmpty && _toOriginator.IsEmpty);
            Recognise(direction, bytes, frame, time);
            if (_isLost && !isAlone)
            {
                Recognise(direction, bytes, frame, time);
            }
        }
        else if (side.IsEmpty)
        {
            int left = Feed(direction, bytes, [new ChunkPiece(0, frame, time)], 0);
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
        if (IsParsed(direction))
        {
            Parse(direction, bytes, missing, frame, time);
        }

        // It stands for itself, so what it speaks can be told first.
        _watchers?.TakeDatagram(direction, bytes, missing, frame, time);
    }

    // One datagram.
    private void Parse(Direction direction, ReadOnlySpan<byte> bytes, int missing, FrameRef frame, Timestamp time)
    {
        if (_parser is null)
        {
            IProtocol? protocol = _recognition.OfDatagram(direction, bytes);
            _over = _recognition.IsGivenUp;
            if (protocol is null)
            {
                return;
            }

            Begin(protocol);
        }

        var chunk = new StreamChunk { Bytes = bytes, Pieces = [new ChunkPiece(0, frame, time)], IsDatagram = true, Missing = missing };
        ParseResult result = _parser!.Parse(direction, chunk);
        switch (result.Status)
        {
            case ParseStatus.NotThisProtocol when !_consumed:
                Exclude();
                Parse(direction, bytes, missing, frame, time);
                break;
            case ParseStatus.NeedMore when missing > 0:
                break;
            case ParseStatus.Done:
                NoteConsumed();
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
        if (_parser.OnGap(direction, missing))
        {
            return;
        }

        if (_parser.FollowsOneDirection)
        {
            side.Skip = long.MaxValue;
            CheckOver();
        }
        else
        {
            LoseTrack();
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
        _watchers?.End();
        _watchers = null;
    }

    /// <summary>A mistake was met: counts only, from here on.</summary>
    public void Abandon()
    {
        GiveUp();
        _watchers = null;
    }

    private bool IsParsed(Direction direction) => !_over && Of(direction).Skip != long.MaxValue;

    // Nobody parses what comes from here on.
    private void GiveUp()
    {
        _over = true;
        _parser = null;
        _toResponder.Clear();
        _toOriginator.Clear();
    }

    private void NoteConsumed()
    {
        if (!_consumed)
        {
            _consumed = true;
            _watchers?.Speaks(_protocol!.Name);
        }
    }

    private ref StreamSide Of(Direction direction) => ref direction == Direction.ToResponder ? ref _toResponder : ref _toOriginator;

    // Together with what came before; or, if all of that said nothing, on its own.
    private void Recognise(Direction direction, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        if (_isLost)
        {
            _isLost = !_recognition.MayBegin(direction, bytes);
            _over = _recognition.IsGivenUp;
        }

        if (!_isLost)
        {
            Of(direction).Append(bytes, frame, time);
            Identify(isFinal: false);
        }
    }

    private void Identify(bool isFinal)
    {
        (Confidence confidence, IProtocol? protocol) = _recognition.OfStream(_toResponder.Bytes, _toOriginator.Bytes, isFinal);
        if (confidence == Confidence.Undecided)
        {
            return;
        }

        if (protocol is null)
        {
            LoseTrack();
            return;
        }

        Begin(protocol);
        FeedInOrder();
    }

    // Nobody knows these bytes, or whoever did cannot follow any more: a few bytes that say nothing, or a lost segment, must not hide what
    // comes behind them.
    private void LoseTrack()
    {
        if (_parser is not null)
        {
            _parser.OnEnd();
            _parser = null;
            if (!_recognition.Restart())
            {
                _watchers?.SpeaksNoMore();
                GiveUp();
                return;
            }
        }

        _watchers?.SpeaksNoMore();

        // Who declined, declined what is over now.
        _isLost = true;
        _recognition.IncludeAll();
        foreach (Direction direction in (ReadOnlySpan<Direction>)[Direction.ToResponder, Direction.ToOriginator])
        {
            Of(direction).Clear();
            Of(direction).Skip = 0;
        }
    }

    private void Begin(IProtocol protocol)
    {
        _protocol = protocol;
        _parser = protocol.CreateParser(flow, bus);
        _consumed = false;
        _services ??= [];
        if (!_recognition.IsRestarted || _services.Count == 0 || _services[^1] != protocol.Name)
        {
            _services.Add(protocol.Name);
        }
    }

    private void Exclude()
    {
        _recognition.Exclude(_protocol!);
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
        int left = Feed(direction, side.Bytes, side.Pieces, side.Origin);
        if (!_over && left != AlreadyArranged)
        {
            Of(direction).Consume(length - left);
        }
    }

    // Returns how many bytes at the end were not consumed and must be kept, or AlreadyArranged if the buffers hold what they should.
    private int Feed(Direction direction, ReadOnlySpan<byte> bytes, ReadOnlySpan<ChunkPiece> pieces, int origin)
    {
        int at = 0;
        while (at < bytes.Length && !_over)
        {
            ref StreamSide side = ref Of(direction);
            ReadOnlySpan<ChunkPiece> mine = pieces[ChunkPiece.IndexOf(pieces, origin + at)..];
            var chunk = new StreamChunk { Bytes = bytes[at..], Pieces = mine, Origin = origin + at, IsDatagram = false };
            _isRunning = true;
            ParseResult result = _parser!.Parse(direction, chunk);
            _isRunning = false;
            switch (result.Status)
            {
                case ParseStatus.Done when result.Bytes > 0:
                    NoteConsumed();
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
                case ParseStatus.NotThisProtocol when !_consumed && IsCertain(direction.Opposite()):
                    Anomaly("bytes before the protocol begins", chunk.Frame, chunk.Time);
                    side.Clear();
                    _parser = _protocol!.CreateParser(flow, bus);
                    return AlreadyArranged;
                case ParseStatus.NotThisProtocol when !_consumed:
                    Exclude();
                    RestoreAndRetry(direction, bytes, pieces);
                    return AlreadyArranged;
                default:
                    Anomaly(result.Problem(bytes.Length - at), chunk.Frame, chunk.Time);
                    LoseTrack();
                    return AlreadyArranged;
            }
        }

        return 0;
    }

    private bool IsCertain(Direction direction)
    {
        ReadOnlySpan<byte> bytes = Of(direction).Bytes;
        return !bytes.IsEmpty && _protocol!.Probe(direction, bytes[..Math.Min(bytes.Length, Limits.ProbeStream)]) == Confidence.Certain;
    }

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
        _recognition.IncludeAll();
        _watchers?.SpeaksNoMore();
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
