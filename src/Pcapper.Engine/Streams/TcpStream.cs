using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// Puts the segments of one direction of a TCP flow in order. What was seen first wins; bytes that are sent again are compared with those
/// that wait out of order, and with the latest delivered ones as long as anyone reads the stream. Segments that no receiver would take
/// change nothing. A struct, because each connection has two: pass it by reference.
/// </summary>
internal struct TcpStream(Direction direction)
{
    private const int AckedHoleSegments = 3;
    private const int OutsideSegments = 64;
    private const int FarthestDistance = 1 << 30;   // sequence numbers this far apart can still be told to be before or behind

    private StreamFaults? _faults;
    private WaitingPieces? _waiting;
    private DeliveredBytes _delivered;
    private int _sinceHole;
    private int _outside;
    private uint _next;
    private uint _highest;
    private uint _acknowledged;
    private uint _finAt;
    private bool _started;
    private bool _isTentative;
    private bool _hasAcknowledged;
    private bool _hasFin;
    private bool _closed;

    /// <summary>Gets which direction it is.</summary>
    public readonly Direction Direction { get; } = direction;

    /// <summary>Gets how many bytes were delivered or declared missing.</summary>
    public long Position { readonly get; private set; }

    /// <summary>Gets how many bytes were declared missing.</summary>
    public readonly long Missed => _faults?.Missed ?? 0;

    /// <summary>Gets how many segments overlapped others with different bytes.</summary>
    public readonly long Conflicts => _faults?.Conflicts ?? 0;

    /// <summary>Gets the frame of the first such overlap.</summary>
    public readonly FrameRef ConflictFrame => _faults?.ConflictFrame ?? default;

    /// <summary>Gets how many segments sent bytes again that somebody reads, of which not all were remembered to compare.</summary>
    public readonly long NotCompared => _faults?.NotCompared ?? 0;

    /// <summary>Gets the sequence number that is expected next.</summary>
    public readonly uint Next => _next;

    /// <summary>Gets a value indicating whether any segment has set the sequence numbers.</summary>
    public readonly bool Started => _started;

    /// <summary>Gets a value indicating whether only a SYN has set the sequence numbers, and neither an answer to it nor data has shown them to be right.</summary>
    public readonly bool IsTentative => _isTentative;

    private StreamFaults Faults => _faults ??= new StreamFaults();

    private readonly bool IsWaiting => _waiting is { IsEmpty: false };

    /// <summary>Sets the sequence number of the first byte, from a SYN. Without data so far, the last one counts.</summary>
    public void Start(uint first)
    {
        if (!_started || (Position == 0 && !IsWaiting))
        {
            _started = true;
            _isTentative = true;
            _next = first;
            _highest = first;
        }
    }

    /// <summary>The other side has acknowledged the SYN.</summary>
    public void Confirm() => _isTentative = false;

    /// <summary>Tells whether a segment is of no use because it is too far ahead or behind.</summary>
    public readonly bool IsOutside(uint sequence, in ReceiveWindow window)
    {
        int reach = window.Reach == 0 ? Limits.UnknownWindow : (int)Math.Min(window.Reach, FarthestDistance);
        int ahead = (int)(sequence - _next);
        return _started && (ahead > reach || ahead < -FarthestDistance)
            && (ahead is > FarthestDistance or < -FarthestDistance || !_hasAcknowledged || (int)(sequence - _acknowledged) > reach);
    }

    /// <summary>Tells whether a segment shows that the SYN which set the sequence numbers was not that of this connection.</summary>
    public readonly bool Contradicts(uint sequence, in ReceiveWindow window)
        => _isTentative && !IsWaiting && ((int)(sequence - _next) < -1 || IsOutside(sequence, window));

    /// <summary>Takes a segment's payload.</summary>
    public SegmentKind Add(uint sequence, ReadOnlySpan<byte> payload, int length, in ReceiveWindow window, FrameRef frame, Timestamp time, IStreamSink sink)
    {
        if (length == 0)
        {
            return _started && (int)(sequence - _next) == -1 ? SegmentKind.KeepAlive : SegmentKind.Empty;
        }

        if (!_started)
        {
            Start(sequence);
        }

        int ahead = (int)(sequence - _next);
        if (ahead == -1 && length == 1 && Position > 0)
        {
            return SegmentKind.KeepAlive;
        }

        if (ahead != 0 && IsOutside(sequence, window))
        {
            if (++_outside < OutsideSegments || _hasAcknowledged || ahead < 0)
            {
                return SegmentKind.Outside;
            }

            // With one direction captured only, nothing tells how much was lost: they cannot all be astray.
            SkipTo(sequence, time, sink);
            ahead = 0;
        }

        _outside = 0;
        _isTentative = false;
        uint end = sequence + (uint)length;
        SegmentKind kind = Classify(sequence, end, length, window.IsClosed, ahead);
        if ((int)(end - _highest) > 0)
        {
            _highest = end;
        }

        if (ahead < 0)
        {
            int known = Math.Min(-ahead, length);
            if (sink.Wants(Direction))
            {
                CompareDelivered(Position + ahead, payload[..Math.Min(known, payload.Length)], frame);
            }

            length -= known;
            payload = known < payload.Length ? payload[known..] : default;
            sequence += (uint)known;
            if (length == 0)
            {
                return kind;
            }

            ahead = 0;
        }

        if (ahead == 0 && !IsWaiting)
        {
            Deliver(payload, length, frame, time, sink);
        }
        else
        {
            Hold(sequence, payload, length, frame, time, sink);
            Drain(sink);
            if (_waiting!.IsTooMuch)
            {
                SkipHole(sink);
            }
        }

        CheckClose(time, sink);
        return kind;
    }

    /// <summary>Notes the sequence number of the FIN.</summary>
    public void Fin(uint at, Timestamp time, IStreamSink sink)
    {
        if (!_hasFin)
        {
            _hasFin = true;
            _finAt = at;
        }

        CheckClose(time, sink);
    }

    /// <summary>
    /// The receiver has acknowledged bytes up to here: a hole in front of it is a loss of the capture, once reordering is ruled out. An answer
    /// rules it out at once: it is taken up before its own bytes, so that it meets the question that it answers.
    /// </summary>
    public void Acknowledged(uint upTo, bool isAnswer, IStreamSink sink)
    {
        _hasAcknowledged = true;
        _acknowledged = upTo;
        if (IsWaiting && (isAnswer || _sinceHole >= AckedHoleSegments) && (int)(upTo - _waiting!.First) >= 0)
        {
            SkipHole(sink);
        }
    }

    /// <summary>No more segments will come: delivers what is waiting, with the holes declared.</summary>
    public void End(Timestamp time, IStreamSink sink)
    {
        while (IsWaiting)
        {
            SkipHole(sink);
        }

        CheckClose(time, sink);
    }

    private readonly SegmentKind Classify(uint sequence, uint end, int length, bool peerWindowClosed, int ahead)
    {
        if ((int)(end - _highest) > 0)
        {
            return length == 1 && peerWindowClosed && ahead == 0 ? SegmentKind.WindowProbe : SegmentKind.New;
        }

        return ahead < 0 || (IsWaiting && _waiting!.Holds(sequence)) ? SegmentKind.Retransmission : SegmentKind.OutOfOrder;
    }

    private void Deliver(ReadOnlySpan<byte> payload, int length, FrameRef frame, Timestamp time, IStreamSink sink)
    {
        long offset = Position;
        _next += (uint)length;
        Position += length;
        if (payload.Length != 0)
        {
            if (sink.Wants(Direction))
            {
                _delivered.Append(offset, payload);
                sink.Deliver(Direction, offset, payload, frame, time);
            }
            else
            {
                _delivered = default;
            }
        }

        if (payload.Length < length)
        {
            Faults.Missed += length - payload.Length;
            sink.Gap(Direction, length - payload.Length);
        }
    }

    private void Hold(uint sequence, ReadOnlySpan<byte> payload, int length, FrameRef frame, Timestamp time, IStreamSink sink)
    {
        if (!IsWaiting)
        {
            _sinceHole = 0;
        }

        _sinceHole++;
        if (!(_waiting ??= new WaitingPieces()).Add(sequence, payload, length, sink.Wants(Direction), frame, time))
        {
            NoteConflict(frame);
        }
    }

    private void Drain(IStreamSink sink)
    {
        int ready = _waiting!.CountReady(_next);
        for (int i = 0; i < ready; i++)
        {
            WaitingPieces.Piece piece = _waiting[i];
            if (piece.IsCountOnly)
            {
                _next += (uint)piece.Length;
                Position += piece.Length;
            }
            else
            {
                Deliver(piece.Bytes, piece.Length, piece.Frame, piece.Time, sink);
            }
        }

        if (ready > 0)
        {
            _waiting.Remove(ready);
            _sinceHole = 0;
        }
    }

    private void SkipHole(IStreamSink sink)
    {
        Skip((int)(_waiting!.First - _next), sink);
        Drain(sink);
    }

    private void SkipTo(uint sequence, Timestamp time, IStreamSink sink)
    {
        End(time, sink);
        Skip((int)(sequence - _next), sink);
    }

    private void Skip(int missing, IStreamSink sink)
    {
        if (missing > 0)
        {
            _next += (uint)missing;
            Position += missing;
            Faults.Missed += missing;
            sink.Gap(Direction, missing);
        }
    }

    private void CheckClose(Timestamp time, IStreamSink sink)
    {
        if (_hasFin && !_closed && !IsWaiting && (int)(_next - _finAt) >= 0)
        {
            _closed = true;
            sink.Close(Direction, time);
        }
    }

    private void CompareDelivered(long offset, ReadOnlySpan<byte> payload, FrameRef frame)
    {
        if (!_delivered.Agrees(offset, payload, out int compared))
        {
            NoteConflict(frame);
        }

        if (compared < payload.Length)
        {
            Faults.NotCompared++;
        }
    }

    private void NoteConflict(FrameRef frame)
    {
        StreamFaults faults = Faults;
        if (faults.Conflicts++ == 0)
        {
            faults.ConflictFrame = frame;
        }
    }
}
