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
    private readonly HashSet<TKey> _keys = [];
    private readonly int _cap;
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
            return _keys.Count;
        }
    }

    /// <summary>Gets how many different keys there were: exact if all are kept, else an estimate.</summary>
    public long Distinct
    {
        get
        {
            Cut();
            return _smallest is { IsOver: true } over ? over.Estimate : _keys.Count;
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
            TKey[] keys = [.. _keys];
            Array.Sort(keys);
            return keys;
        }
    }

    private SmallestHashes<TKey> Smallest => _smallest ??= new SmallestHashes<TKey>(_cap);

    /// <summary>Adds a key.</summary>
    public void Add(TKey key)
    {
        if (_smallest is not { IsOver: true } && _keys.Count < _cap)
        {
            _keys.Add(key);
            return;
        }

        if (!_keys.Contains(key) && Smallest.Admits(key))
        {
            _keys.Add(key);
            if (_keys.Count >= Smallest.Slack)
            {
                Cut();
            }
        }
    }

    /// <summary>Tells whether a key is kept; certain only if <see cref="IsComplete"/>.</summary>
    public bool Contains(TKey key)
    {
        Cut();
        return _keys.Contains(key);
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var set = (KeySet<TKey>)other;
        set.Cut();
        foreach (TKey key in set._keys)
        {
            Add(key);
        }

        Cut();
        if (set._smallest is { IsOver: true } over)
        {
            Smallest.MergeOver(over, _keys);
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
            if (!_keys.Add(TKey.Read(ref reader)))
            {
                reader.Fail();
            }
        }

        if (count == _cap && !reader.Failed)
        {
            Smallest.Read(ref reader, _keys);
        }
    }

    private void Cut()
    {
        if (_keys.Count > _cap)
        {
            Smallest.Cut(_keys).ForEach(key => _keys.Remove(key));
        }
    }
}
