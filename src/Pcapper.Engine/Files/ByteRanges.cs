using System.Runtime.InteropServices;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Which bytes of a file were seen: ranges in order that neither touch nor overlap.</summary>
internal sealed class ByteRanges
{
    private readonly List<(long Start, long End)> _ranges = new(1);

    /// <summary>Gets how many bytes were seen, each once.</summary>
    public long Seen { get; private set; }

    /// <summary>Gets the end of the last range.</summary>
    public long End => _ranges.Count == 0 ? 0 : _ranges[^1].End;

    /// <summary>Gets how far the bytes go from the beginning without a hole.</summary>
    public long Prefix => _ranges.Count == 0 || _ranges[0].Start != 0 ? 0 : _ranges[0].End;

    /// <summary>Finds the first stretch within two offsets that was not seen; empty, at <paramref name="to"/>, if there is none.</summary>
    public (long Start, long End) FirstUnseen(long from, long to)
    {
        int at = IndexBehind(from);
        if (at > 0 && _ranges[at - 1].End > from)
        {
            from = Math.Min(to, _ranges[at - 1].End);
        }

        return (from, at < _ranges.Count ? Math.Max(from, Math.Min(to, _ranges[at].Start)) : to);
    }

    /// <summary>Adds a stretch; false if there would be too many.</summary>
    public bool Add(long start, long end)
    {
        if (_ranges.Count > 0 && _ranges[^1].End == start)
        {
            CollectionsMarshal.AsSpan(_ranges)[^1].End = end;
            Seen += end - start;
            return true;
        }

        int first = IndexBehind(start);
        if (first > 0 && _ranges[first - 1].End >= start)
        {
            first--;
        }

        int last = first;
        (long mergedStart, long mergedEnd, long known) = (start, end, 0);
        for (; last < _ranges.Count && _ranges[last].Start <= end; last++)
        {
            (mergedStart, mergedEnd) = (Math.Min(mergedStart, _ranges[last].Start), Math.Max(mergedEnd, _ranges[last].End));
            known += _ranges[last].End - _ranges[last].Start;
        }

        if (last == first && _ranges.Count == Limits.FileRanges)
        {
            return false;
        }

        _ranges.RemoveRange(first, last - first);
        _ranges.Insert(first, (mergedStart, mergedEnd));
        Seen += mergedEnd - mergedStart - known;
        return true;
    }

    // The first range that starts behind an offset.
    private int IndexBehind(long offset)
    {
        (int low, int high) = (0, _ranges.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].Start <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
