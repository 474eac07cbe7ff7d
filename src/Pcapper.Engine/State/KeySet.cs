using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// A set of keys, capped like <see cref="PartMap{TKey, TPart}"/>: those with the smallest stable hash stay, how many there truly were
/// stays known.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class KeySet<TKey> : IStatePart
    where TKey : struct, IStateKey<TKey>
{
    private const int MostFew = 8;

    private readonly int _cap;

    // Most sets in maps hold a key or two: these are kept in an array, until there are more.
    private TKey[]? _few;
    private int _fewCount;
    private HashSet<TKey>? _many;
    private SmallestHashes<TKey>? _smallest;

    /// <summary>Initializes a new instance of the <see cref="KeySet{TKey}"/> class.</summary>
    public KeySet()
        : this(Limits.Keys)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="KeySet{TKey}"/> class.</summary>
    /// <param name="cap">The most keys kept; choose few for a set inside a map.</param>
    public KeySet(int cap)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cap);
        _cap = cap;
    }

    /// <summary>Gets how many keys are kept.</summary>
    public int Count
    {
        get
        {
            Cut();
            return Held;
        }
    }

    /// <summary>Gets how many different keys there were: exact if all are kept, else an estimate.</summary>
    public long Distinct
    {
        get
        {
            Cut();
            return _smallest is { IsOver: true } over ? over.Estimate : Held;
        }
    }

    /// <summary>Gets a value indicating whether all keys are kept.</summary>
    public bool IsComplete
    {
        get
        {
            Cut();
            return _smallest is not { IsOver: true };
        }
    }

    /// <summary>Gets the kept keys in their order. Sorts: ask once.</summary>
    public IReadOnlyList<TKey> Keys
    {
        get
        {
            Cut();
            TKey[] keys = [.. All];
            Array.Sort(keys);
            return keys;
        }
    }

    private int Held => _many?.Count ?? _fewCount;

    private IReadOnlyCollection<TKey> All => _many is null ? new ArraySegment<TKey>(_few ?? [], 0, _fewCount) : _many;

    private SmallestHashes<TKey> Smallest => _smallest ??= new SmallestHashes<TKey>(_cap);

    /// <summary>Adds a key.</summary>
    public void Add(TKey key)
    {
        if (_smallest is not { IsOver: true } && Held < _cap)
        {
            Put(key);
            return;
        }

        if (!Has(key) && Smallest.Admits(key))
        {
            Put(key);
            if (Held >= Smallest.Slack)
            {
                Cut();
            }
        }
    }

    /// <summary>Tells whether a key is kept; certain only if <see cref="IsComplete"/>.</summary>
    public bool Contains(TKey key)
    {
        Cut();
        return Has(key);
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var set = (KeySet<TKey>)other;
        set.Cut();
        foreach (TKey key in set.All)
        {
            Add(key);
        }

        Cut();
        if (set._smallest is { IsOver: true } over)
        {
            Smallest.MergeOver(over, All);
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        IReadOnlyList<TKey> keys = Keys;
        writer.Unsigned((ulong)keys.Count);
        foreach (TKey key in keys)
        {
            key.Write(writer);
        }

        if (keys.Count == _cap)
        {
            Smallest.Write(writer);
        }
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        int count = reader.Length(1, _cap);
        for (int i = 0; i < count && !reader.Failed; i++)
        {
            if (!Put(TKey.Read(ref reader)))
            {
                reader.Fail();
            }
        }

        if (count == _cap && !reader.Failed)
        {
            Smallest.Read(ref reader, All);
        }
    }

    private bool Has(TKey key) => _many?.Contains(key) ?? _few.AsSpan(0, _fewCount).Contains(key);

    private bool Put(TKey key)
    {
        if (_many is not null)
        {
            return _many.Add(key);
        }

        if (Has(key))
        {
            return false;
        }

        if (_fewCount == MostFew)
        {
            _many = [.. All, key];
            _few = null;
            return true;
        }

        if (_few is null)
        {
            _few = new TKey[1];
        }
        else if (_fewCount == _few.Length)
        {
            Array.Resize(ref _few, _fewCount * 2);
        }

        _few[_fewCount++] = key;
        return true;
    }

    private void Cut()
    {
        if (Held > _cap)
        {
            List<TKey> gone = Smallest.Cut(All);
            _many ??= [.. All];
            _many.ExceptWith(gone);
        }
    }
}
