namespace Pcapper.Engine;

/// <summary>
/// Decides which keys of a capped map or set stay: the <c>cap</c> smallest by stable hash, then by key. A key that stays in the end
/// was among the smallest all along, in every shard, so that its value is complete.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
internal sealed class SmallestHashes<TKey>(int cap)
    where TKey : struct, IStateKey<TKey>
{
    private readonly Sketch _distinct = new();
    private ulong _worstHash;
    private TKey _worst;

    /// <summary>Gets a value indicating whether there were more keys than the cap.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Gets an estimate of how many different keys were offered.</summary>
    public long Estimate => Math.Max(_distinct.Estimate, cap + 1L);

    /// <summary>Gets how many keys may be held before <see cref="Cut"/> is due; holding some more makes cutting rare.</summary>
    public int Slack => cap + (cap / 4) + 1;

    /// <summary>Tells whether a new key may come in; counts it in any case.</summary>
    public bool Admits(TKey key)
    {
        if (!IsOver)
        {
            return true;
        }

        ulong hash = key.StableHash;
        _distinct.Add(hash);
        return hash < _worstHash || (hash == _worstHash && key.CompareTo(_worst) < 0);
    }

    /// <summary>Tells which of these keys, more than the cap, must go.</summary>
    public List<TKey> Cut(IReadOnlyCollection<TKey> keys)
    {
        var ranked = new (ulong Hash, TKey Key)[keys.Count];
        int count = 0;
        foreach (TKey key in keys)
        {
            ranked[count++] = (key.StableHash, key);
        }

        if (!IsOver)
        {
            foreach ((ulong hash, _) in ranked)
            {
                _distinct.Add(hash);
            }
        }

        Array.Sort(ranked, static (a, b) => a.Hash != b.Hash ? a.Hash.CompareTo(b.Hash) : a.Key.CompareTo(b.Key));
        IsOver = true;
        (_worstHash, _worst) = ranked[cap - 1];
        var gone = new List<TKey>(count - cap);
        for (int i = cap; i < count; i++)
        {
            gone.Add(ranked[i].Key);
        }

        return gone;
    }

    /// <summary>Takes over the count of another that was over its cap; call after its keys were added and this side was cut.</summary>
    public void MergeOver(SmallestHashes<TKey> other, IReadOnlyCollection<TKey> keys)
    {
        // The other side's keys fill the cap. If this side had no others, it was not cut and does not know that it is over;
        // its keys are among those that the other side counted.
        if (!IsOver)
        {
            Close(keys);
        }

        _distinct.Merge(other._distinct);
    }

    public void Write(StateWriter writer)
    {
        writer.Flag(IsOver);
        if (IsOver)
        {
            _distinct.Write(writer);
        }
    }

    /// <summary>Loads; the kept keys are then <paramref name="keys"/>.</summary>
    public void Read(ref StateReader reader, IReadOnlyCollection<TKey> keys)
    {
        if (!reader.Flag() || reader.Failed)
        {
            return;
        }

        if (keys.Count != cap)
        {
            reader.Fail();
            return;
        }

        _distinct.Read(ref reader);
        Close(keys);
    }

    private void Close(IReadOnlyCollection<TKey> keys)
    {
        foreach (TKey key in keys)
        {
            ulong hash = key.StableHash;
            if (!IsOver || hash > _worstHash || (hash == _worstHash && key.CompareTo(_worst) > 0))
            {
                (IsOver, _worstHash, _worst) = (true, hash, key);
            }
        }
    }
}
