namespace Pcapper.Modules.Protocols;

/// <summary>A map that keeps the entries that were used latest: when it is full, the one that was not used for longest goes.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <param name="cap">The most entries kept.</param>
internal sealed class RecentMap<TKey, TValue>(int cap)
    where TKey : struct
    where TValue : class
{
    private Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>>? _nodes;
    private LinkedList<(TKey Key, TValue Value)>? _order;

    /// <summary>Gets the values, the one that was not used for longest first. None may be looked for while they are gone through.</summary>
    public IEnumerable<TValue> Values => _order?.Select(entry => entry.Value) ?? [];

    /// <summary>Gets the keys in the order of the values.</summary>
    public IEnumerable<TKey> Keys => _order?.Select(entry => entry.Key) ?? [];

    /// <summary>Finds a value, which counts as its use.</summary>
    public TValue? Find(TKey key)
    {
        if (_nodes is null || !_nodes.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
        {
            return null;
        }

        if (node.Next is not null)
        {
            _order!.Remove(node);
            _order.AddLast(node);
        }

        return node.Value.Value;
    }

    /// <summary>Sets a value; yields what had to go for it, or null.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="isEvicted">Whether that was the value of another key, because the map was full.</param>
    public TValue? Set(TKey key, TValue value, out bool isEvicted)
    {
        _nodes ??= [];
        _order ??= new();
        TValue? gone = Remove(key);
        isEvicted = _nodes.Count == cap;
        if (isEvicted)
        {
            gone = Remove(_order.First!.Value.Key);
        }

        _nodes.Add(key, _order.AddLast((key, value)));
        return gone;
    }

    /// <summary>Removes a value; yields it, or null.</summary>
    public TValue? Remove(TKey key)
    {
        if (_nodes is null || !_nodes.Remove(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
        {
            return null;
        }

        _order!.Remove(node);
        return node.Value.Value;
    }
}
