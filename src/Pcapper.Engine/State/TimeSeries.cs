using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// Amounts over time, in buckets of 2^n seconds aligned to the epoch. The width starts at one second and doubles whenever the whole
/// would need more than 4,096 buckets, so it depends on the first and last time only.
/// </summary>
public sealed class TimeSeries : IStatePart
{
    /// <summary>The most buckets kept.</summary>
    public const int MaxBuckets = 4096;

    private const int MaxExponent = 34;

    private long[] _amounts = [];
    private int _length;
    private long _first;
    private int _exponent;

    /// <summary>Gets the width of a bucket in seconds.</summary>
    public long BucketSeconds => 1L << _exponent;

    /// <summary>Gets how many buckets there are between the first and the last time.</summary>
    public int Length => _length;

    /// <summary>Gets the start of the first bucket.</summary>
    public Timestamp Start => StartOf(0);

    /// <summary>Gets the amounts, one for each bucket from <see cref="Start"/> on.</summary>
    public ReadOnlySpan<long> Amounts => _amounts.AsSpan(0, _length);

    /// <summary>Gets the start of a bucket.</summary>
    public Timestamp StartOf(int bucket) => Timestamp.FromSeconds((_first + bucket) << _exponent);

    /// <summary>Adds an amount at a time.</summary>
    public void Add(Timestamp time, long amount = 1)
    {
        (long seconds, long rest) = Math.DivRem(time.Nanoseconds, Timestamp.PerSecond);
        Add((rest < 0 ? seconds - 1 : seconds) >> _exponent, amount);
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var series = (TimeSeries)other;
        while (_exponent < series._exponent)
        {
            Coarsen();
        }

        for (int i = 0; i < series._length; i++)
        {
            // This side may be, or become, wider than the other.
            Add((series._first + i) >> (_exponent - series._exponent), series._amounts[i]);
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Unsigned((ulong)_exponent);
        writer.Number(_first);
        writer.Unsigned((ulong)_length);
        foreach (long amount in Amounts)
        {
            writer.Number(amount);
        }
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        _exponent = (int)reader.Unsigned();
        _first = reader.Number();
        _length = reader.Length(1, MaxBuckets);
        if ((uint)_exponent > MaxExponent || _first > 1L << MaxExponent || _first < -(1L << MaxExponent))
        {
            reader.Fail();
            (_exponent, _first, _length) = (0, 0, 0);
        }

        _amounts = new long[_length];
        for (int i = 0; i < _length && !reader.Failed; i++)
        {
            _amounts[i] = reader.Number();
        }
    }

    private void Add(long bucket, long amount)
    {
        if (_length == 0)
        {
            _first = bucket;
        }

        long first = Math.Min(_first, bucket);
        long last = Math.Max(_first + Math.Max(_length, 1) - 1, bucket);
        while (last - first >= MaxBuckets)
        {
            Coarsen();
            bucket >>= 1;
            first >>= 1;
            last >>= 1;
        }

        if (first != _first || last - first >= _length)
        {
            Extend(first, (int)(last - first) + 1);
        }

        _amounts[bucket - _first] += amount;
    }

    private void Extend(long first, int length)
    {
        if (length > _amounts.Length || first != _first)
        {
            int capacity = length > _amounts.Length ? Math.Min(Math.Max(length, _amounts.Length * 2), MaxBuckets) : _amounts.Length;
            var amounts = new long[capacity];
            _amounts.AsSpan(0, _length).CopyTo(amounts.AsSpan((int)(_first - first)));
            _amounts = amounts;
        }

        _first = first;
        _length = length;
    }

    private void Coarsen()
    {
        _exponent++;
        if (_length == 0)
        {
            _first = 0;
            return;
        }

        long first = _first >> 1;
        int length = (int)(((_first + _length - 1) >> 1) - first) + 1;
        for (int i = 0; i < _length; i++)
        {
            long amount = _amounts[i];
            _amounts[i] = 0;
            _amounts[(int)(((_first + i) >> 1) - first)] += amount;
        }

        _first = first;
        _length = length;
    }
}
