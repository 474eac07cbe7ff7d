using System.Numerics;

namespace Pcapper.Engine;

/// <summary>
/// How values are distributed: counts in fixed buckets, with total, sum, smallest and largest. By default the buckets get wider with
/// the values (eight to each power of two, so that quantiles are off by 6 % at most); or declare the bounds.
/// </summary>
public sealed class Histogram : IStatePart
{
    private const int StepBits = 3;
    private const int Steps = 1 << StepBits;
    private const int MaxBuckets = 64 * Steps;

    private readonly long[] _bounds;
    private long[] _counts = [];
    private int _offset;

    /// <summary>Initializes a new instance of the <see cref="Histogram"/> class with logarithmic buckets.</summary>
    public Histogram() => _bounds = [];

    /// <summary>Initializes a new instance of the <see cref="Histogram"/> class with declared buckets.</summary>
    /// <param name="bounds">The largest value of each bucket, ascending; one more bucket takes what is larger.</param>
    public Histogram(params long[] bounds) => _bounds = bounds;

    /// <summary>Gets how many values were added.</summary>
    public long Total { get; private set; }

    /// <summary>Gets the sum of the values.</summary>
    public long Sum { get; private set; }

    /// <summary>Gets the smallest value, or 0 if there is none.</summary>
    public long Minimum { get; private set; }

    /// <summary>Gets the largest value, or 0 if there is none.</summary>
    public long Maximum { get; private set; }

    /// <summary>Gets the mean, or 0 if there is none.</summary>
    public long Mean => Total == 0 ? 0 : Sum / Total;

    /// <summary>Gets the buckets from the smallest used to the largest used, with the values that belong into each.</summary>
    public IEnumerable<(long From, long To, long Count)> Buckets
    {
        get
        {
            for (int i = 0; i < _counts.Length; i++)
            {
                (long from, long to) = Range(_offset + i);
                yield return (from, to, _counts[i]);
            }
        }
    }

    /// <summary>Adds a value; negative ones count as 0 unless bounds were declared.</summary>
    public void Add(long value, long times = 1)
    {
        if (times <= 0)
        {
            return;
        }

        if (_bounds.Length == 0)
        {
            value = Math.Max(0, value);
        }

        (Minimum, Maximum) = Total == 0 ? (value, value) : (Math.Min(Minimum, value), Math.Max(Maximum, value));
        Total += times;
        Sum = unchecked(Sum + (value * times));
        Bucket(IndexOf(value)) += times;
    }

    /// <summary>
    /// Estimates the value that a percentage of all values do not exceed (50: the median), by the buckets' bounds; 0 if there is none.
    /// </summary>
    public long Quantile(int percent)
    {
        // The rank of the value, counted from 1, rounded up.
        long rank = Math.Max(1, (long)((((UInt128)(ulong)Total * (uint)Math.Clamp(percent, 0, 100)) + 99) / 100));
        for (int i = 0; i < _counts.Length; i++)
        {
            if (rank <= _counts[i])
            {
                (long from, long to) = Range(_offset + i);
                from = Math.Max(from, Minimum);
                to = Math.Min(to, Maximum);
                return from + (long)((UInt128)(ulong)(to - from) * (ulong)rank / (ulong)_counts[i]);
            }

            rank -= _counts[i];
        }

        return Maximum;
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var histogram = (Histogram)other;
        if (histogram.Total == 0)
        {
            return;
        }

        (Minimum, Maximum) = Total == 0
            ? (histogram.Minimum, histogram.Maximum)
            : (Math.Min(Minimum, histogram.Minimum), Math.Max(Maximum, histogram.Maximum));
        Total += histogram.Total;
        Sum = unchecked(Sum + histogram.Sum);
        for (int i = 0; i < histogram._counts.Length; i++)
        {
            if (histogram._counts[i] != 0)
            {
                Bucket(histogram._offset + i) += histogram._counts[i];
            }
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Unsigned((ulong)_counts.Length);
        if (_counts.Length == 0)
        {
            return;
        }

        writer.Unsigned((ulong)_offset);
        foreach (long count in _counts)
        {
            writer.Unsigned((ulong)count);
        }

        writer.Number(Sum);
        writer.Number(Minimum);
        writer.Number(Maximum);
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        int buckets = _bounds.Length == 0 ? MaxBuckets : _bounds.Length + 1;
        int length = reader.Length(1, buckets);
        if (length == 0)
        {
            return;
        }

        ulong offset = reader.Unsigned();
        if (offset > (ulong)(buckets - length))
        {
            reader.Fail();
            return;
        }

        _offset = (int)offset;
        _counts = new long[length];
        for (int i = 0; i < length; i++)
        {
            _counts[i] = (long)(reader.Unsigned() & long.MaxValue);
            Total = unchecked(Total + _counts[i]);
        }

        Sum = reader.Number();
        Minimum = reader.Number();
        Maximum = reader.Number();
        if (Total <= 0 || Minimum > Maximum || IndexOf(Minimum) != _offset || IndexOf(Maximum) != _offset + length - 1)
        {
            reader.Fail();
        }
    }

    private int IndexOf(long value)
    {
        if (_bounds.Length != 0)
        {
            int at = Array.BinarySearch(_bounds, value);
            return at >= 0 ? at : ~at;
        }

        if (value < Steps)
        {
            return (int)Math.Max(0, value);
        }

        int power = BitOperations.Log2((ulong)value);
        return ((power - StepBits + 1) << StepBits) + (int)((value >> (power - StepBits)) & (Steps - 1));
    }

    private (long From, long To) Range(int index)
    {
        if (_bounds.Length != 0)
        {
            return (
                index == 0 ? Math.Min(Minimum, _bounds[0]) : _bounds[index - 1] + 1,
                index == _bounds.Length ? Math.Max(Maximum, _bounds[^1] + 1) : _bounds[index]);
        }

        if (index < Steps)
        {
            return (index, index);
        }

        int shift = (index >> StepBits) - 1;
        long from = (long)(Steps + (index & (Steps - 1))) << shift;
        return (from, from + (1L << shift) - 1);
    }

    private ref long Bucket(int index)
    {
        if (_counts.Length == 0)
        {
            _offset = index;
            _counts = new long[1];
        }
        else if (index < _offset || index >= _offset + _counts.Length)
        {
            int first = Math.Min(index, _offset);
            var counts = new long[Math.Max(index, _offset + _counts.Length - 1) - first + 1];
            _counts.CopyTo(counts, _offset - first);
            (_counts, _offset) = (counts, first);
        }

        return ref _counts[index - _offset];
    }
}
