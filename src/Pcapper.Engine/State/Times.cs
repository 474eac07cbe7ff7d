using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// When something happened, in nanoseconds; the same time twice counts twice. Of more than 8,192 times those with the smallest
/// stable hash stay, a fair sample that does not depend on the order of arrival.
/// </summary>
public sealed class Times : IStatePart
{
    /// <summary>The most times kept.</summary>
    public const int Capacity = 8192;

    private const int Slack = Capacity + (Capacity / 2);

    private long[] _times = [];
    private int _count;
    private ulong _worst = ulong.MaxValue;

    /// <summary>Gets how many times were added.</summary>
    public long Total { get; private set; }

    /// <summary>Gets a value indicating whether all times are kept.</summary>
    public bool IsComplete => Total <= Capacity;

    /// <summary>Gets the kept times, earliest first. Sorts: ask once.</summary>
    public IReadOnlyList<Timestamp> Values => Array.ConvertAll(Sorted(), static time => new Timestamp(time));

    /// <summary>Adds a time.</summary>
    public void Add(Timestamp time)
    {
        Total++;
        Keep(time.Nanoseconds);
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var times = (Times)other;
        Total += times.Total;
        foreach (long time in times._times.AsSpan(0, times._count))
        {
            Keep(time);
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        long[] sorted = Sorted();
        writer.Number(Total);
        writer.Unsigned((ulong)sorted.Length);
        long last = 0;
        foreach (long time in sorted)
        {
            writer.Number(unchecked(time - last));
            last = time;
        }
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        Total = reader.Number();
        long time = 0;
        for (int left = reader.Length(1, Capacity); left > 0 && !reader.Failed; left--)
        {
            time = unchecked(time + reader.Number());
            Keep(time);
        }
    }

    private static ulong Rank(long time) => StableHash.Mix(unchecked((ulong)time));

    private void Keep(long time)
    {
        if (_worst != ulong.MaxValue && Rank(time) > _worst)
        {
            return;
        }

        if (_count == Slack)
        {
            Cut();
        }

        if (_count == _times.Length)
        {
            Array.Resize(ref _times, Math.Clamp(_count * 2, 1, Slack));
        }

        _times[_count++] = time;
    }

    private void Cut()
    {
        if (_count > Capacity)
        {
            Span<long> times = _times.AsSpan(0, _count);
            times.Sort(static (a, b) => Rank(a).CompareTo(Rank(b)));
            _count = Capacity;
            _worst = Rank(times[Capacity - 1]);
        }
    }

    private long[] Sorted()
    {
        Cut();
        long[] sorted = _times.AsSpan(0, _count).ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
