namespace Pcapper.Modules.Protocols.Tls;

/// <summary>
/// Puts together bytes that come as pieces at offsets, in any order and more than once. The first to arrive wins. Only what came is held,
/// so a piece far from the start costs no more than one at the start.
/// </summary>
internal sealed class FragmentBuffer(int limit)
{
    private const int MaxRanges = 64;
    private const int MaxPieces = 2 * MaxRanges;

    // What came ahead of its time: in order, without overlaps, none beginning where the start ends.
    private readonly List<(int Start, byte[] Bytes)> _later = [];
    private byte[] _start = [];
    private int _length;

    /// <summary>Gets the bytes from the start up to the first that is missing.</summary>
    public ReadOnlySpan<byte> Contiguous => _start.AsSpan(0, _length);

    /// <summary>Adds a piece; false if it reaches beyond the limit or leaves too many holes.</summary>
    public bool TryAdd(long offset, ReadOnlySpan<byte> piece)
    {
        if (offset < 0 || offset > limit - piece.Length)
        {
            return false;
        }

        int end = (int)offset + piece.Length;
        int at = Math.Max((int)offset, _length);
        for (int i = 0; at < end;)
        {
            while (i < _later.Count && End(i) <= at)
            {
                i++;
            }

            int next = i < _later.Count ? Math.Min(_later[i].Start, end) : end;
            if (at >= next)
            {
                at = End(i);
                continue;
            }

            ReadOnlySpan<byte> fresh = piece[(at - (int)offset)..(next - (int)offset)];
            if (at == _length)
            {
                Append(fresh);
            }
            else
            {
                _later.Insert(i, (at, fresh.ToArray()));
            }

            at = next;
        }

        TakeUp();
        if (_later.Count > MaxPieces)
        {
            Join();
        }

        return _later.Count <= MaxPieces;
    }

    private int End(int index) => _later[index].Start + _later[index].Bytes.Length;

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _start.Length)
        {
            Array.Resize(ref _start, Math.Min(limit, Math.Max(_length + bytes.Length, 2 * _start.Length)));
        }

        bytes.CopyTo(_start.AsSpan(_length));
        _length += bytes.Length;
    }

    private void TakeUp()
    {
        int taken = 0;
        while (taken < _later.Count && _later[taken].Start == _length)
        {
            Append(_later[taken++].Bytes);
        }

        _later.RemoveRange(0, taken);
    }

    // Neighbours become one piece: seldom, so that it stays cheap; more than MaxRanges left are too many holes.
    private void Join()
    {
        List<(int Start, byte[] Bytes)> joined = [];
        for (int first = 0; first < _later.Count;)
        {
            int after = first + 1;
            while (after < _later.Count && _later[after].Start == End(after - 1))
            {
                after++;
            }

            int start = _later[first].Start;
            byte[] bytes = new byte[End(after - 1) - start];
            for (; first < after; first++)
            {
                _later[first].Bytes.CopyTo(bytes, _later[first].Start - start);
            }

            joined.Add((start, bytes));
        }

        if (joined.Count <= MaxRanges)
        {
            _later.Clear();
            _later.AddRange(joined);
        }
    }
}
