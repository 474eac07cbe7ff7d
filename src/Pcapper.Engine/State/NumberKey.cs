using System.Globalization;

namespace Pcapper.Engine;

/// <summary>A number; integers convert by themselves, enums with a cast.</summary>
/// <param name="Value">The number.</param>
public readonly record struct NumberKey(long Value) : IStateKey<NumberKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Value);

    /// <summary>Makes a key of a number.</summary>
    public static implicit operator NumberKey(long value) => new(value);

    /// <inheritdoc/>
    public static NumberKey Read(ref StateReader reader) => new(reader.Number());

    /// <summary>Makes a key of a number (the named form of the conversion).</summary>
    public static NumberKey FromInt64(long value) => new(value);

    /// <inheritdoc/>
    public void Write(StateWriter writer) => writer.Number(Value);

    /// <inheritdoc/>
    public int CompareTo(NumberKey other) => Value.CompareTo(other.Value);

    /// <summary>Writes decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
