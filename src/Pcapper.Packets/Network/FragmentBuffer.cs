namespace Pcapper.Packets;

/// <summary>The pieces of one datagram, at their places; a link of the list of all, in order of arrival.</summary>
internal sealed class FragmentBuffer
{
    private const int SmallestBuffer = 2048;
    private const int Unknown = int.MaxValue;

    private readonly List<(int Start, int End)> _filled = [];   // in order, neither overlapping nor touching
    private byte[] _bytes = [];
    private int _total;

    /// <summary>Gets what the pieces have in common.</summary>
    public FragmentKey Key { get; private set; }

    /// <summary>Gets what the datagram carries: by the piece at its beginning.</summary>
    public IpProtocol Protocol { get; private set; }

    /// <summary>Gets what is known of the pieces.</summary>
    public FragmentFacts Facts { get; private set; }

    /// <summary>Gets a value indicating whether the pieces broke a limit, so that no more are kept.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Gets how many bytes it holds in memory.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Gets the complete datagram.</summary>
    public ReadOnlySpan<byte> Datagram => _bytes.AsSpan(0, _total);

    /// <summary>Gets or sets the one that began before.</summary>
    public FragmentBuffer? Previous { get; set; }

    /// <summary>Gets or sets the one that began after.</summary>
    public FragmentBuffer? Next { get; set; }

    /// <summary>Empties it for a new datagram.</summary>
    public void Begin(FragmentKey key, FrameRef first, Timestamp time)
    {
        Key = key;
        Protocol = key.Protocol;
        Facts = new FragmentFacts { First = first, FirstTime = time };
        IsGivenUp = false;
        _filled.Clear();
        _total = Unknown;
    }

    /// <summary>Tells whether a piece of that time came too late, or by far too early.</summary>
    public bool HasExpired(Timestamp now) => now - Facts.FirstTime is > Limits.FragmentTimeout or < -Limits.FragmentTimeout;

    /// <summary>Adds a piece; true if nothing is missing any more.</summary>
    public bool Add(scoped in Packet fragment)
    {
        Facts = Facts with
        {
            Pieces = Facts.Pieces + 1,
            IpBytes = Facts.IpBytes + fragment.IpLength,
        };
        if (Facts.Pieces > Limits.FragmentPieces)
        {
            return GiveUp(Anomalies.TooManyFragments);
        }

        ReadOnlySpan<byte> piece = fragment.Payload;
        int start = fragment.FragmentOffset;
        int end = start + fragment.PayloadLength;
        if (IsGivenUp || piece.Length != fragment.PayloadLength)
        {
            return false;   // cut by the snap length: its end is not known
        }

        if (end > Limits.Datagram)
        {
            return GiveUp(Anomalies.FragmentTooLong);
        }

        if (start == 0)
        {
            Protocol = fragment.Protocol;
        }

        if (!fragment.MoreFragments && _total != end)
        {
            // Two pieces that both claim to be the last one, or one behind it.
            if (_total != Unknown || (_filled.Count > 0 && _filled[^1].End > end))
            {
                Note(Anomalies.BadLength);
            }
            else
            {
                _total = end;
            }
        }

        if (end > _total)
        {
            Note(Anomalies.BadLength);
            end = Math.Max(start, _total);
            piece = piece[..(end - start)];
        }

        Keep(piece, start, end);
        return _total != Unknown && (_total == 0 || (_filled.Count == 1 && _filled[0] == (0, _total)));
    }

    private void Keep(ReadOnlySpan<byte> piece, int start, int end)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        EnsureCapacity(end);
        int next = start;
        int first = 0;
        while (first < _filled.Count && _filled[first].End < start)
        {
            first++;
        }

        // Fill the holes between what is there, and swallow it into one range.
        int last = first;
        (int Start, int End) merged = (start, end);
        for (; last < _filled.Count && _filled[last].Start <= end; last++)
        {
            (int Start, int End) there = _filled[last];
            int overlapStart = Math.Max(there.Start, start);
            int overlapEnd = Math.Min(there.End, end);
            if (overlapStart < overlapEnd && !IsRepetition(piece, overlapStart, overlapEnd))
            {
                Note(Anomalies.FragmentOverlap);
            }

            if (there.Start > next)
            {
                piece[(next - start)..(there.Start - start)].CopyTo(_bytes.AsSpan(next));
            }

            next = Math.Max(next, there.End);
            merged = (Math.Min(merged.Start, there.Start), Math.Max(merged.End, there.End));
        }

        if (next < end)
        {
            piece[(next - start)..].CopyTo(_bytes.AsSpan(next));
        }

        _filled.RemoveRange(first, last - first);
        _filled.Insert(first, merged);
    }

    // A piece that came twice, as behind a mirror port, breaks no rule.
    private bool IsRepetition(ReadOnlySpan<byte> piece, int overlapStart, int overlapEnd)
        => overlapEnd - overlapStart == piece.Length && piece.SequenceEqual(_bytes.AsSpan(overlapStart, piece.Length));

    private void EnsureCapacity(int length)
    {
        if (length > _bytes.Length)
        {
            int capacity = Math.Max(SmallestBuffer, _bytes.Length);
            while (capacity < length)
            {
                capacity *= 2;
            }

            Array.Resize(ref _bytes, capacity);
        }
    }

    private bool GiveUp(Anomalies reason)
    {
        Note(reason);
        IsGivenUp = true;
        return false;
    }

    private void Note(Anomalies anomalies) => Facts = Facts with { Anomalies = Facts.Anomalies | anomalies };
}
