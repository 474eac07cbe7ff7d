namespace Pcapper.Packets;

/// <summary>The pieces of one datagram: their bytes in order of arrival, and which stretch of the datagram each is.</summary>
internal sealed class FragmentBuffer
{
    private const int SmallestBuffer = 256;
    private const int StretchCost = 16;
    private const int Unknown = int.MaxValue;

    private readonly List<(int Start, int End, int At)> _stretches = [];   // in order, none overlapping another
    private byte[] _bytes = [];
    private byte[] _datagram = [];
    private int _length;
    private int _total;

    /// <summary>Initializes a new instance of the <see cref="FragmentBuffer"/> class.</summary>
    public FragmentBuffer()
    {
        InAll = new LinkedListNode<FragmentBuffer>(this);
        InPair = new LinkedListNode<FragmentBuffer>(this);
    }

    /// <summary>Gets what the pieces have in common.</summary>
    public FragmentKey Key { get; private set; }

    /// <summary>Gets the datagrams between the same hosts.</summary>
    public FragmentPair Pair { get; private set; } = null!;

    /// <summary>Gets its place among all.</summary>
    public LinkedListNode<FragmentBuffer> InAll { get; }

    /// <summary>Gets its place among those of its hosts.</summary>
    public LinkedListNode<FragmentBuffer> InPair { get; }

    /// <summary>Gets what the datagram carries: by the piece at its beginning.</summary>
    public IpProtocol Protocol { get; private set; }

    /// <summary>Gets what is known of the pieces.</summary>
    public FragmentFacts Facts { get; private set; }

    /// <summary>Gets a value indicating whether the pieces broke a limit, so that no more are kept.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Gets a value indicating whether the capture holds less of a piece than there was.</summary>
    public bool HasCutPiece { get; private set; }

    /// <summary>Gets how many bytes it is counted to hold in memory.</summary>
    public int Held => SmallestBuffer + _length + (StretchCost * _stretches.Count);

    /// <summary>Empties it for a new datagram.</summary>
    public void Begin(FragmentKey key, FragmentPair pair, FrameRef first, Timestamp time)
    {
        Key = key;
        Pair = pair;
        Protocol = key.Protocol;
        Facts = new FragmentFacts { First = first, FirstTime = time };
        IsGivenUp = false;
        HasCutPiece = false;
        _stretches.Clear();
        _length = 0;
        _total = Unknown;
    }

    /// <summary>Tells whether a piece of that time came too late, or by far too early.</summary>
    public bool HasExpired(Timestamp now) => now - Facts.FirstTime is > Limits.FragmentTimeout or < -Limits.FragmentTimeout;

    /// <summary>Tells whether at that time no piece can be expected any more, not even one that was captured late.</summary>
    public bool IsLongOver(Timestamp now) => now - Facts.FirstTime > 2 * Limits.FragmentTimeout;

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
        HasCutPiece |= piece.Length != fragment.PayloadLength;
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
            if (_total != Unknown || (_stretches.Count > 0 && _stretches[^1].End > end))
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
        return _total != Unknown && IsWhole();
    }

    /// <summary>Gets the complete datagram.</summary>
    public ReadOnlySpan<byte> Assemble()
    {
        if (_datagram.Length < _total)
        {
            _datagram = new byte[_total];
        }

        foreach ((int start, int end, int at) in _stretches)
        {
            _bytes.AsSpan(at, end - start).CopyTo(_datagram.AsSpan(start));
        }

        return _datagram.AsSpan(0, _total);
    }

    private bool IsWhole()
    {
        int next = 0;
        foreach ((int start, int end, _) in _stretches)
        {
            if (start != next)
            {
                return false;
            }

            next = end;
        }

        return next == _total;
    }

    private void Keep(ReadOnlySpan<byte> piece, int start, int end)
    {
        int index = 0;
        while (index < _stretches.Count && _stretches[index].End <= start)
        {
            index++;
        }

        int next = start;
        int overlap = 0;
        bool isSame = true;
        for (; next < end; index++)
        {
            if (index < _stretches.Count && _stretches[index].Start <= next)
            {
                (int Start, int End, int At) there = _stretches[index];
                int until = Math.Min(there.End, end);
                overlap += until - next;
                isSame &= piece[(next - start)..(until - start)].SequenceEqual(_bytes.AsSpan(there.At + next - there.Start, until - next));
                next = until;
            }
            else
            {
                int until = index < _stretches.Count ? Math.Min(_stretches[index].Start, end) : end;
                _stretches.Insert(index, (next, until, Store(piece[(next - start)..(until - start)])));
                next = until;
            }
        }

        // A piece that came twice, as behind a mirror port, breaks no rule.
        if (overlap > 0 && !(isSame && overlap == piece.Length))
        {
            Note(Anomalies.FragmentOverlap);
        }
    }

    private int Store(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Math.Max(SmallestBuffer, 2 * _bytes.Length), _length + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        return _length - bytes.Length;
    }

    private bool GiveUp(Anomalies reason)
    {
        Note(reason);
        IsGivenUp = true;
        return false;
    }

    private void Note(Anomalies anomalies) => Facts = Facts with { Anomalies = Facts.Anomalies | anomalies };
}
