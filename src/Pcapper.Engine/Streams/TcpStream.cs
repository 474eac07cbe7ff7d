using System.Buffers;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// Puts the segments of one direction of a TCP flow in order. What was seen first wins; bytes that overlap are compared where both are at hand:
/// with everything waiting out of order, and with the latest delivered segments of the same extent, as long as anyone reads the stream.
/// A struct, because each connection has two: pass it by reference.
/// </summary>
internal struct TcpStream(Direction direction)
{
    private const int AckedHoleSegments = 8;
    private const int RecentSegments = 4;

    private readonly Direction _direction = direction;
    private List<Waiting>? _waiting;
    private Recent[]? _recent;
    private byte _recentAt;
    private int _waitingBytes;
    private int _sinceHole;
    private uint _next;
    private uint _highest;
    private uint _finAt;
    private bool _started;
    private bool _hasFin;
    private bool _closed;

    /// <summary>Gets how many bytes were delivered or declared missing.</summary>
    public long Position { readonly get; private set; }

    /// <summary>Gets how many bytes were declared missing.</summary>
    public long Missed { readonly get; private set; }

    /// <summary>Gets how many segments overlapped others with different bytes.</summary>
    public long Conflicts { readonly get; private set; }

    /// <summary>Gets the frame of the first such overlap.</summary>
    public FrameRef ConflictFrame { readonly get; private set; }

    /// <summary>Gets the sequence number that is expected next.</summary>
    public readonly uint Next => _next;

    /// <summary>Gets a value indicating whether any segment has set the sequence numbers.</summary>
    public readonly bool Started => _started;

    /// <summary>Sets the sequence number of the first byte, from a SYN.</summary>
    public void Start(uint first)
    {
        if (!_started)
        {
            _started = true;
            _next = first;
            _highest = first;
        }
    }

    /// <summary>Takes a segment's payload.</summary>
    public SegmentKind Add(uint sequence, ReadOnlySpan<byte> payload, int length, bool peerWindowClosed, FrameRef frame, Timestamp time, IStreamSink sink)
    {
        if (length == 0)
        {
            return _started && (int)(sequence - _next) == -1 ? SegmentKind.KeepAlive : SegmentKind.Empty;
        }

        Start(sequence);
        int ahead = (int)(sequence - _next);
        uint end = sequence + (uint)length;
        if (ahead == -1 && length == 1 && Position > 0)
        {
            return SegmentKind.KeepAlive;
        }

        SegmentKind kind = Classify(sequence, end, length, peerWindowClosed, ahead);
        if ((int)(end - _highest) > 0)
        {
            _highest = end;
        }

        if (ahead < 0)
        {
            if (sink.Wants(_direction))
            {
                CompareRecent(sequence, payload, length, frame);
            }

            int known = Math.Min(-ahead, length);
            length -= known;
            payload = known < payload.Length ? payload[known..] : default;
            sequence += (uint)known;
            if (length == 0)
            {
                return kind;
            }

            ahead = 0;
        }

        if (ahead == 0 && _waitingBytes == 0)
        {
            if (sink.Wants(_direction))
            {
                Remember(sequence, payload, length);
            }

            Deliver(payload, length, frame, time, sink);
        }
        else
        {
            Hold(sequence, payload, length, frame, time, sink);
            Drain(sink);
            if (_waitingBytes > Limits.OutOfOrder)
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

    /// <summary>The receiver has acknowledged bytes up to here: a hole in front of it is a loss of the capture, once reordering is ruled out.</summary>
    public void Acknowledged(uint upTo, IStreamSink sink)
    {
        if (_waitingBytes > 0 && _sinceHole >= AckedHoleSegments && (int)(upTo - _waiting![0].Sequence) >= 0)
        {
            SkipHole(sink);
        }
    }

    /// <summary>No more segments will come: delivers what is waiting, with the holes declared.</summary>
    public void End(Timestamp time, IStreamSink sink)
    {
        while (_waitingBytes > 0)
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

        if (ahead < 0)
        {
            return SegmentKind.Retransmission;
        }

        return IsWaiting(sequence) ? SegmentKind.Retransmission : SegmentKind.OutOfOrder;
    }

    private readonly bool IsWaiting(uint sequence)
    {
        if (_waiting is not null)
        {
            foreach (Waiting w in _waiting)
            {
                if ((int)(sequence - w.Sequence) >= 0 && (int)(sequence - w.Sequence) < w.Length)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Deliver(ReadOnlySpan<byte> payload, int length, FrameRef frame, Timestamp time, IStreamSink sink)
    {
        _next += (uint)length;
        Position += length;
        if (payload.Length != 0 && sink.Wants(_direction))
        {
            sink.Deliver(_direction, payload, frame, time);
        }

        if (payload.Length < length)
        {
            Missed += length - payload.Length;
            sink.Gap(_direction, length - payload.Length);
        }
    }

    private void Hold(uint sequence, ReadOnlySpan<byte> payload, int length, FrameRef frame, Timestamp time, IStreamSink sink)
    {
        _waiting ??= [];
        if (_waitingBytes == 0)
        {
            _sinceHole = 0;
        }

        _sinceHole++;
        int at = 0;
        while (length > 0)
        {
            while (at < _waiting.Count && (int)(sequence - _waiting[at].Sequence) >= _waiting[at].Length)
            {
                at++;
            }

            if (at < _waiting.Count && (int)(sequence - _waiting[at].Sequence) >= 0)
            {
                int skip = _waiting[at].Length - (int)(sequence - _waiting[at].Sequence);
                Compare(_waiting[at], sequence, payload, Math.Min(skip, length), frame);
                skip = Math.Min(skip, length);
                sequence += (uint)skip;
                length -= skip;
                payload = skip < payload.Length ? payload[skip..] : default;
                continue;
            }

            int room = at < _waiting.Count ? Math.Min(length, (int)(_waiting[at].Sequence - sequence)) : length;
            ReadOnlySpan<byte> part = payload[..Math.Min(room, payload.Length)];
            byte[]? copy = null;
            if (part.Length > 0 && sink.Wants(_direction))
            {
                copy = ArrayPool<byte>.Shared.Rent(part.Length);
                part.CopyTo(copy);
            }

            _waiting.Insert(at, new Waiting(sequence, room, copy, part.Length, frame, time));
            _waitingBytes += Math.Max(room, 1);
            sequence += (uint)room;
            length -= room;
            payload = room < payload.Length ? payload[room..] : default;
        }
    }

    private void Drain(IStreamSink sink)
    {
        int done = 0;
        while (done < _waiting!.Count && (int)(_waiting[done].Sequence - _next) <= 0)
        {
            Waiting first = _waiting[done++];
            _waitingBytes -= Math.Max(first.Length, 1);
            ReadOnlySpan<byte> bytes = first.Bytes is null ? default : first.Bytes.AsSpan(0, first.Captured);
            if (first.Bytes is null && first.Captured > 0)
            {
                _next += (uint)first.Length;
                Position += first.Length;
            }
            else
            {
                Deliver(bytes, first.Length, first.Frame, first.Time, sink);
            }

            if (first.Bytes is not null)
            {
                ArrayPool<byte>.Shared.Return(first.Bytes);
            }
        }

        if (done > 0)
        {
            _waiting.RemoveRange(0, done);
            _sinceHole = 0;
        }
    }

    private void SkipHole(IStreamSink sink)
    {
        int missing = (int)(_waiting![0].Sequence - _next);
        if (missing > 0)
        {
            _next += (uint)missing;
            Position += missing;
            Missed += missing;
            sink.Gap(_direction, missing);
        }

        Drain(sink);
    }

    private void CheckClose(Timestamp time, IStreamSink sink)
    {
        if (_hasFin && !_closed && _waitingBytes == 0 && (int)(_next - _finAt) >= 0)
        {
            _closed = true;
            sink.Close(_direction, time);
        }
    }

    private void Compare(in Waiting held, uint sequence, ReadOnlySpan<byte> payload, int length, FrameRef frame)
    {
        if (held.Bytes is null)
        {
            return;
        }

        int offset = (int)(sequence - held.Sequence);
        int comparable = Math.Min(Math.Min(length, payload.Length), held.Captured - offset);
        if (comparable > 0 && !held.Bytes.AsSpan(offset, comparable).SequenceEqual(payload[..comparable]))
        {
            NoteConflict(frame);
        }
    }

    private void CompareRecent(uint sequence, ReadOnlySpan<byte> payload, int length, FrameRef frame)
    {
        if (payload.Length != length || _recent is null)
        {
            return;
        }

        foreach (Recent recent in _recent)
        {
            if (recent.Length == length && recent.Sequence == sequence)
            {
                if (recent.Hash != Hash(payload))
                {
                    NoteConflict(frame);
                }

                return;
            }
        }
    }

    private void NoteConflict(FrameRef frame)
    {
        if (Conflicts++ == 0)
        {
            ConflictFrame = frame;
        }
    }

    private void Remember(uint sequence, ReadOnlySpan<byte> payload, int length)
    {
        if (payload.Length == length)
        {
            _recent ??= new Recent[RecentSegments];
            _recent[_recentAt] = new Recent(sequence, length, Hash(payload));
            _recentAt = (byte)((_recentAt + 1) % RecentSegments);
        }
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = 0;
        while (bytes.Length >= 8)
        {
            hash = System.Numerics.BitOperations.Crc32C(hash, System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (byte b in bytes)
        {
            hash = System.Numerics.BitOperations.Crc32C(hash, b);
        }

        return hash;
    }

    private readonly record struct Waiting(uint Sequence, int Length, byte[]? Bytes, int Captured, FrameRef Frame, Timestamp Time);

    private readonly record struct Recent(uint Sequence, int Length, uint Hash);
}
