using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>
/// When a client turned to a destination. Of more than 8,192 beats the earliest stay: a sample spread over the whole time would have no
/// intervals left. Most series have one beat, which needs no array.
/// </summary>
public class BeatSeries : IStatePart
{
    /// <summary>The most beats kept.</summary>
    public const int Capacity = 8192;

    private const int Slack = Capacity + (Capacity / 2);

    private Beat _only;
    private Beat[]? _beats;
    private int _count;
    private long _last = long.MinValue;

    /// <summary>Gets how many beats there were.</summary>
    public long Total { get; private set; }

    /// <summary>Gets the time of the latest beat, kept or not.</summary>
    public Timestamp Last => new(_last);

    /// <summary>Gets the kept beats, earliest first. Sorts: ask once.</summary>
    internal IReadOnlyList<Beat> Beats => Sorted();

    /// <inheritdoc/>
    public virtual void Merge(IStatePart other)
    {
        var series = (BeatSeries)other;
        Total += series.Total;
        _last = Math.Max(_last, series._last);
        foreach (Beat beat in series.Kept)
        {
            Keep(beat);
        }
    }

    /// <inheritdoc/>
    public virtual void Write(StateWriter writer)
    {
        Beat[] sorted = Sorted();
        writer.Number(Total);
        writer.Number(_last);
        writer.Unsigned((ulong)sorted.Length);
        long time = 0;
        foreach (Beat beat in sorted)
        {
            writer.Number(unchecked(beat.Time - time));
            writer.Frame(beat.Frame);
            writer.Number(beat.Value);
            time = beat.Time;
        }
    }

    /// <inheritdoc/>
    public virtual void Read(ref StateReader reader)
    {
        Total = reader.Number();
        _last = reader.Number();
        long time = 0;
        for (int left = reader.Length(4, Capacity); left > 0 && !reader.Failed; left--)
        {
            time = unchecked(time + reader.Number());
            Keep(new Beat(time, reader.Frame(), reader.Number()));
        }
    }

    /// <summary>Adds a beat.</summary>
    internal void Add(Beat beat)
    {
        Total++;
        _last = Math.Max(_last, beat.Time);
        Keep(beat);
    }

    private ReadOnlySpan<Beat> Kept => _beats is null ? new ReadOnlySpan<Beat>(in _only)[.._count] : _beats.AsSpan(0, _count);

    private void Keep(Beat beat)
    {
        if (_beats is null)
        {
            if (_count == 0)
            {
                (_only, _count) = (beat, 1);
                return;
            }

            _beats = [_only, default];
        }

        if (_count == Slack)
        {
            Cut();
        }

        if (_count == _beats.Length)
        {
            Array.Resize(ref _beats, Math.Min(_count * 2, Slack));
        }

        _beats[_count++] = beat;
    }

    private void Cut()
    {
        if (_count > Capacity)
        {
            _beats.AsSpan(0, _count).Sort();
            _count = Capacity;
        }
    }

    private Beat[] Sorted()
    {
        Cut();
        Beat[] sorted = Kept.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
