using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Builds a key's stable hash: <c>KeyHash.Of(Client).And(Server).And((long)Function)</c>; converts to the number by itself.</summary>
/// <param name="Value">The hash so far.</param>
public readonly record struct KeyHash(ulong Value)
{
    /// <summary>Takes the hash.</summary>
    public static implicit operator ulong(KeyHash hash) => hash.Value;

    /// <summary>Starts with an address.</summary>
    public static KeyHash Of(IpAddress address) => new(StableHash.Of(address));

    /// <summary>Starts with a link address.</summary>
    public static KeyHash Of(MacAddress address) => new(StableHash.Mix(address.Value));

    /// <summary>Starts with a number.</summary>
    public static KeyHash Of(long number) => new(StableHash.Mix(unchecked((ulong)number)));

    /// <summary>Starts with a text; null counts as empty.</summary>
    public static KeyHash Of(string? text) => new(StableHash.Of(text ?? string.Empty));

    /// <summary>Starts with another key.</summary>
    public static KeyHash Of<TKey>(TKey key)
        where TKey : struct, IStateKey<TKey>
        => new(key.StableHash);

    /// <summary>Takes the hash (the named form of the conversion).</summary>
    public ulong ToUInt64() => Value;

    /// <summary>Adds an address.</summary>
    public KeyHash And(IpAddress address) => new(StableHash.Combine(Value, StableHash.Of(address)));

    /// <summary>Adds a link address.</summary>
    public KeyHash And(MacAddress address) => new(StableHash.Combine(Value, address.Value));

    /// <summary>Adds a number.</summary>
    public KeyHash And(long number) => new(StableHash.Combine(Value, unchecked((ulong)number)));

    /// <summary>Adds a text; null counts as empty.</summary>
    public KeyHash And(string? text) => new(StableHash.Combine(Value, StableHash.Of(text ?? string.Empty)));

    /// <summary>Adds another key.</summary>
    public KeyHash And<TKey>(TKey key)
        where TKey : struct, IStateKey<TKey>
        => new(StableHash.Combine(Value, key.StableHash));
}
