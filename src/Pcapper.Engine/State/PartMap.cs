using System.Runtime.InteropServices;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// A part for each key. At most so many keys are kept: those with the smallest stable hash, a sample that does not depend on the order
/// of arrival; how many there truly were stays known (<see cref="Distinct"/>).
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TPart">What is known of each key.</typeparam>
public sealed class PartMap<TKey, TPart> : IStatePart
    where TKey : struct, IStateKey<TKey>
    where TPart : class, IStatePart, new()
{
    private const int DiscardReuse = 256;

    private static readonly Dictionary<TKey, TPart> s_none = [];

    // Maps inside maps are mostly empty: made with the first key.
    private Dictionary<TKey, TPart>? _made;
    private readonly Func<TPart>? _create;
    private readonly int _cap;
    private SmallestHashes<TKey>? _smallest;
    private TPart? _discard;
    private int _discarded;

    /// <summary>Initializes a new instance of the <see cref="PartMap{TKey, TPart}"/> class.</summary>
    public PartMap()
        : this(Limits.Keys)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PartMap{TKey, TPart}"/> class.</summary>
    /// <param name="cap">The most keys kept; choose few for a map inside a map.</param>
    /// <param name="create">Makes a part, for parts whose constructor needs arguments.</param>
    public PartMap(int cap, Func<TPart>? create = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cap);
        _cap = cap;
        _create = create;
    }

    /// <summary>Gets how many keys are kept.</summary>
    public int Count
    {
        get
        {
            Cut();
            return Kept.Count;
        }
    }

    /// <summary>Gets how many different keys there were: exact if all are kept, else an estimate.</summary>
    public long Distinct
    {
        get
        {
            Cut();
            return _smallest is { IsOver: true } over ? over.Estimate : Kept.Count;
        }
    }

    /// <summary>Gets a value indicating whether all keys are kept; if not, the report must say that this is a sample.</summary>
    public bool IsComplete
    {
        get
        {
            Cut();
            return _smallest is not { IsOver: true };
        }
    }

    /// <summary>Gets keys and parts in the order of the keys. Sorts: ask once.</summary>
    public IReadOnlyList<KeyValuePair<TKey, TPart>> Entries
    {
        get
        {
            Cut();
            KeyValuePair<TKey, TPart>[] entries = [.. Kept];
            Array.Sort(entries, static (a, b) => a.Key.CompareTo(b.Key));
            return entries;
        }
    }

    /// <summary>Gets the part of a key, made if need be. If the key falls outside of the cap, the part is a throw-away one.</summary>
    public TPart this[TKey key]
    {
        get
        {
            if (_smallest is { IsOver: true } || Kept.Count >= _cap)
            {
                return GetCapped(key);
            }

            ref TPart? part = ref CollectionsMarshal.GetValueRefOrAddDefault(Made, key, out _);
            return part ??= Create();
        }
    }

    /// <summary>Gets the part of a key if it has one; for <c>Conclude</c>.</summary>
    public TPart? Find(TKey key)
    {
        Cut();
        return Kept.GetValueOrDefault(key);
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var map = (PartMap<TKey, TPart>)other;
        map.Cut();
        foreach ((TKey key, TPart part) in map.Kept)
        {
            this[key].Merge(part);
        }

        Cut();
        if (map._smallest is { IsOver: true } over)
        {
            // Its keys alone exceed the cap, but it may hold exactly as many as the cap: then this map does not know yet.
            Smallest.MergeOver(over, Kept.Keys);
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        IReadOnlyList<KeyValuePair<TKey, TPart>> entries = Entries;
        writer.Unsigned((ulong)entries.Count);
        foreach ((TKey key, TPart part) in entries)
        {
            key.Write(writer);
            part.Write(writer);
        }

        if (entries.Count == _cap)
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
            TKey key = TKey.Read(ref reader);
            TPart part = Create();
            part.Read(ref reader);
            if (!Made.TryAdd(key, part))
            {
                reader.Fail();
            }
        }

        if (count == _cap && !reader.Failed)
        {
            Smallest.Read(ref reader, Kept.Keys);
        }
    }

    private Dictionary<TKey, TPart> Kept => _made ?? s_none;

    private Dictionary<TKey, TPart> Made => _made ??= [];

    private SmallestHashes<TKey> Smallest => _smallest ??= new SmallestHashes<TKey>(_cap);

    private TPart Create() => _create is null ? new TPart() : _create();

    private TPart GetCapped(TKey key)
    {
        if (Kept.TryGetValue(key, out TPart? part))
        {
            return part;
        }

        if (!Smallest.Admits(key))
        {
            // Dropped keys share a part; it is renewed now and then so that it cannot grow without bound.
            if (_discard is null || ++_discarded % DiscardReuse == 0)
            {
                _discard = Create();
            }

            return _discard;
        }

        if (Kept.Count >= Smallest.Slack)
        {
            Cut();
            return GetCapped(key);
        }

        part = Create();
        Made.Add(key, part);
        return part;
    }

    private void Cut()
    {
        if (Kept.Count > _cap)
        {
            foreach (TKey key in Smallest.Cut(Kept.Keys))
            {
                Kept.Remove(key);
            }
        }
    }
}
