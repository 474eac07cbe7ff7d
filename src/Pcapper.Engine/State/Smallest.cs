using System.Runtime.InteropServices;

namespace Pcapper.Engine;

/// <summary>
/// The n smallest different keys by their own order, and how many were offered. For "the first 10,000 rows" make the time the first
/// field of the key; for "the latest name" its negative.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class Smallest<TKey> : IStatePart
    where TKey : struct, IStateKey<TKey>
{
    private const int Few = 10;

    private static readonly List<TKey> s_none = [];

    private readonly int _cap;
    private List<TKey>? _made;
    private int _sorted;

    /// <summary>Initializes a new instance of the <see cref="Smallest{TKey}"/> class that keeps ten.</summary>
    public Smallest()
        : this(Few)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="Smallest{TKey}"/> class.</summary>
    /// <param name="cap">The most keys kept.</param>
    public Smallest(int cap)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cap);
        _cap = cap;
    }

    /// <summary>Gets how many keys were offered, the same ones again included.</summary>
    public long Total { get; private set; }

    /// <summary>Gets a value indicating whether different keys were dropped.</summary>
    public bool HasMore
    {
        get
        {
            Settle();
            return field;
        }

        private set;
    }

    /// <summary>Gets the kept keys, smallest first.</summary>
    public IReadOnlyList<TKey> Keys
    {
        get
        {
            Settle();
            return Kept;
        }
    }

    private List<TKey> Kept => _made ?? s_none;

    // Made with the first key: most samples in maps stay empty.
    private List<TKey> Made => _made ??= [];

    /// <summary>Offers a key.</summary>
    public void Add(TKey key)
    {
        Total++;
        Keep(key);
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var smallest = (Smallest<TKey>)other;
        foreach (TKey key in smallest.Keys)
        {
            Keep(key);
        }

        Total += smallest.Total;
        HasMore |= smallest.HasMore;
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        Settle();
        writer.Number(Total);
        writer.Unsigned((ulong)Kept.Count);
        Kept.ForEach(key => key.Write(writer));
        writer.Flag(HasMore);
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        Total = reader.Number();
        for (int left = reader.Length(1, _cap); left > 0 && !reader.Failed; left--)
        {
            Made.Add(TKey.Read(ref reader));
        }

        HasMore = reader.Flag();
    }

    private void Keep(TKey key)
    {
        if (_sorted == _cap && Kept[_cap - 1].CompareTo(key) is var order && order <= 0)
        {
            HasMore |= order < 0;
            return;
        }

        Made.Add(key);
        if (Kept.Count >= _cap + Math.Max(16, _cap))
        {
            Settle();
        }
    }

    // Keys are appended and sorted now and then: inserting each in order would be quadratic.
    private void Settle()
    {
        if (_sorted == Kept.Count)
        {
            return;
        }

        Span<TKey> keys = CollectionsMarshal.AsSpan(Kept);
        keys.Sort();
        int kept = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (kept == 0 || !keys[i].Equals(keys[kept - 1]))
            {
                if (kept == _cap)
                {
                    HasMore = true;
                    break;
                }

                keys[kept++] = keys[i];
            }
        }

        Kept.RemoveRange(kept, Kept.Count - kept);
        _sorted = kept;
    }
}
