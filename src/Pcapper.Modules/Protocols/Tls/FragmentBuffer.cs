namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Puts together bytes that come as pieces at offsets, in any order and more than once. The first to arrive wins.</summary>
internal sealed class FragmentBuffer(int limit)
{
    private const int MaxRanges = 64;

    private readonly List<(int Start, int End)> _ranges = [];
    private byte[] _bytes = [];

    /// <summary>Gets the bytes from the start up to the first that is missing.</summary>
    public ReadOnlySpan<byte> Contiguous => _ranges is [(0, var end), ..] ? _bytes.AsSpan(0, end) : default;

    /// <summary>Adds a piece; false if it reaches beyond the limit or leaves too many holes.</summary>
    public bool TryAdd(long offset, ReadOnlySpan<byte> piece)
    {
        if (offset < 0 || offset > limit - piece.Length)
        {
            return false;
        }

        if (piece.IsEmpty)
        {
            return true;
        }

        int start = (int)offset;
        int end = start + piece.Length;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(limit, Math.Max(end, _bytes.Length * 2)));
        }

        CopyHoles(start, piece);
        Merge(start, end);
        return _ranges.Count <= MaxRanges;
    }

    private void CopyHoles(int start, ReadOnlySpan<byte> piece)
    {
        int at = start;
        int end = start + piece.Length;
        foreach ((int from, int to) in _ranges)
        {
            if (to <= at)
            {
                continue;
            }

            if (from >= end)
            {
                break;
            }

            if (from > at)
            {
                piece[(at - start)..(from - start)].CopyTo(_bytes.AsSpan(at));
            }

            at = to;
        }

        if (at < end)
        {
            piece[(at - start)..].CopyTo(_bytes.AsSpan(at));
        }
    }

    private void Merge(int start, int end)
    {
        int first = _ranges.FindIndex(range => range.End >= start);
        if (first < 0)
        {
            _ranges.Add((start, end));
            return;
        }

        int after = first;
        while (after < _ranges.Count && _ranges[after].Start <= end)
        {
            start = Math.Min(start, _ranges[after].Start);
            end = Math.Max(end, _ranges[after].End);
            after++;
        }

        _ranges.RemoveRange(first, after - first);
        _ranges.Insert(first, (start, end));
    }
}
