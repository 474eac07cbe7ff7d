namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A map that keeps the latest entries: when it is full the oldest goes.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <param name="cap">The most entries kept.</param>
internal sealed class RecentMap<TKey, TValue>(int cap)
    where TKey : struct
    where TValue : class
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();

    /// <summary>Gets the values, oldest first.</summary>
    public IEnumerable<TValue> Values => _order.Select(entry => entry.Value);

    /// <summary>Finds a value.</summary>
    public TValue? Find(TKey key) => _nodes.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node) ? node.Value.Value : null;

    /// <summary>Sets a value; yields what had to go for it, or null.</summary>
    public TValue? Set(TKey key, TValue value)
    {
        TValue? gone = Remove(key);
        if (_nodes.Count == cap)
        {
            gone = Remove(_order.First!.Value.Key);
        }

        _nodes.Add(key, _order.AddLast((key, value)));
        return gone;
    }

    /// <summary>Removes a value; yields it, or null.</summary>
    public TValue? Remove(TKey key)
    {
        if (!_nodes.Remove(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
        {
            return null;
        }

        _order.Remove(node);
        return node.Value.Value;
    }
}
