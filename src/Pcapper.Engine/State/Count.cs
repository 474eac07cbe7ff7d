namespace Pcapper.Engine;

/// <summary>One sum.</summary>
public sealed class Count : IStatePart
{
    /// <summary>Gets the sum.</summary>
    public long Value { get; private set; }

    /// <summary>Adds one, or more.</summary>
    public void Add(long amount = 1) => Value += amount;

    /// <inheritdoc/>
    public void Merge(IStatePart other) => Value += ((Count)other).Value;

    /// <inheritdoc/>
    public void Write(StateWriter writer) => writer.Number(Value);

    /// <inheritdoc/>
    public void Read(ref StateReader reader) => Value = reader.Number();
}
