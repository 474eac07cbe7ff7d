using System.Numerics;

namespace Pcapper.Engine;

/// <summary>Which of up to 64 things were seen, usually the values of an enum.</summary>
public sealed class Bits : IStatePart
{
    /// <summary>Gets the bits.</summary>
    public ulong Value { get; private set; }

    /// <summary>Gets how many different things were seen.</summary>
    public int Count => BitOperations.PopCount(Value);

    /// <summary>Gets a value indicating whether a thing was seen.</summary>
    public bool this[int bit] => (uint)bit < 64 && (Value >> bit & 1) != 0;

    /// <summary>Notes a thing, 0 to 63; others are ignored.</summary>
    public void Add(int bit) => Value |= (uint)bit < 64 ? 1ul << bit : 0;

    /// <summary>Notes all that a mask has set.</summary>
    public void AddMask(ulong mask) => Value |= mask;

    /// <inheritdoc/>
    public void Merge(IStatePart other) => Value |= ((Bits)other).Value;

    /// <inheritdoc/>
    public void Write(StateWriter writer) => writer.Unsigned(Value);

    /// <inheritdoc/>
    public void Read(ref StateReader reader) => Value = reader.Unsigned();
}
