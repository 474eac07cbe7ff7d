namespace Pcapper.Engine;

/// <summary>Two keys as one: <c>new Key2&lt;PairKey, TextKey&gt;(pair, name)</c>.</summary>
/// <typeparam name="TFirst">The first key, which the order looks at first.</typeparam>
/// <typeparam name="TSecond">The second key.</typeparam>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
public readonly record struct Key2<TFirst, TSecond>(TFirst First, TSecond Second) : IStateKey<Key2<TFirst, TSecond>>
    where TFirst : struct, IStateKey<TFirst>
    where TSecond : struct, IStateKey<TSecond>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(First).And(Second);

    /// <inheritdoc/>
    public static Key2<TFirst, TSecond> Read(ref StateReader reader) => new(TFirst.Read(ref reader), TSecond.Read(ref reader));

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        First.Write(writer);
        Second.Write(writer);
    }

    /// <inheritdoc/>
    public int CompareTo(Key2<TFirst, TSecond> other)
        => First.CompareTo(other.First) is not 0 and var order ? order : Second.CompareTo(other.Second);
}
