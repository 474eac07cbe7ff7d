namespace Pcapper.Engine;

/// <summary>Three keys as one.</summary>
/// <typeparam name="TFirst">The first key, which the order looks at first.</typeparam>
/// <typeparam name="TSecond">The second key.</typeparam>
/// <typeparam name="TThird">The third key.</typeparam>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
/// <param name="Third">The third.</param>
public readonly record struct Key3<TFirst, TSecond, TThird>(TFirst First, TSecond Second, TThird Third)
    : IStateKey<Key3<TFirst, TSecond, TThird>>
    where TFirst : struct, IStateKey<TFirst>
    where TSecond : struct, IStateKey<TSecond>
    where TThird : struct, IStateKey<TThird>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(First).And(Second).And(Third);

    /// <inheritdoc/>
    public static Key3<TFirst, TSecond, TThird> Read(ref StateReader reader)
        => new(TFirst.Read(ref reader), TSecond.Read(ref reader), TThird.Read(ref reader));

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        First.Write(writer);
        Second.Write(writer);
        Third.Write(writer);
    }

    /// <inheritdoc/>
    public int CompareTo(Key3<TFirst, TSecond, TThird> other)
        => First.CompareTo(other.First) is not 0 and var first ? first
            : Second.CompareTo(other.Second) is not 0 and var second ? second
            : Third.CompareTo(other.Third);
}
