using System.Runtime.CompilerServices;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// Up to eight sums and when, in one object: for maps with very many keys, where a <see cref="Group"/> of parts would cost several
/// objects a key. A class that keeps more overrides all three methods, and calls the base first.
/// </summary>
public class Tally : IStatePart
{
    private Sums _sums;
    private bool _hasTime;

    /// <summary>Gets the earliest time.</summary>
    public Timestamp First { get; private set; }

    /// <summary>Gets the latest time.</summary>
    public Timestamp Last { get; private set; }

    /// <summary>Gets the nanoseconds between the two.</summary>
    public long Duration => Math.Max(0, Last - First);

    /// <summary>Gets a value indicating whether no time was added.</summary>
    public bool IsTimeless => !_hasTime;

    /// <summary>Gets a sum by its index (0 to 7), to read or to add to.</summary>
    public ref long this[int index] => ref _sums[index];

    /// <summary>Adds something that lasted.</summary>
    public void Add(Timestamp first, Timestamp last)
    {
        (First, Last) = _hasTime ? (Min(First, first), Max(Last, last)) : (first, last);
        _hasTime = true;
    }

    /// <inheritdoc/>
    public virtual void Merge(IStatePart other)
    {
        var tally = (Tally)other;
        for (int i = 0; i < Sums.Count; i++)
        {
            _sums[i] += tally._sums[i];
        }

        if (tally._hasTime)
        {
            Add(tally.First, tally.Last);
        }
    }

    /// <inheritdoc/>
    public virtual void Write(StateWriter writer)
    {
        for (int i = 0; i < Sums.Count; i++)
        {
            writer.Number(_sums[i]);
        }

        writer.Flag(_hasTime);
        if (_hasTime)
        {
            writer.Time(First);
            writer.Number(unchecked(Last - First));
        }
    }

    /// <inheritdoc/>
    public virtual void Read(ref StateReader reader)
    {
        for (int i = 0; i < Sums.Count; i++)
        {
            _sums[i] = reader.Number();
        }

        if (reader.Flag())
        {
            Timestamp first = reader.Time();
            Add(first, new Timestamp(unchecked(first.Nanoseconds + reader.Number())));
        }
    }

    private static Timestamp Min(Timestamp a, Timestamp b) => a.CompareTo(b) <= 0 ? a : b;

    private static Timestamp Max(Timestamp a, Timestamp b) => a.CompareTo(b) >= 0 ? a : b;

    [InlineArray(Count)]
    private struct Sums
    {
        public const int Count = 8;
        private long _first;
    }
}
