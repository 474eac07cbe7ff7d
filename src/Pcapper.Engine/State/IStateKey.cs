namespace Pcapper.Engine;

/// <summary>A key of a map or set in a state: a small struct (best a <c>readonly record struct</c>) with a total, culture-free order.</summary>
/// <typeparam name="T">The key itself.</typeparam>
public interface IStateKey<T> : IComparable<T>, IEquatable<T>
    where T : struct, IStateKey<T>
{
    /// <summary>Gets a hash that is the same in every process; build it with <see cref="KeyHash"/>.</summary>
    ulong StableHash { get; }

    /// <summary>Loads a key; on damaged input any key will do, the reader remembers the failure.</summary>
    static abstract T Read(ref StateReader reader);

    /// <summary>Stores the key.</summary>
    void Write(StateWriter writer);
}
