namespace Pcapper.Engine;

/// <summary>One named value.</summary>
public sealed class FactBlock : Block
{
    internal FactBlock(string id, string label, Cell value) => (Id, Label, Value) = (id, label, value);

    /// <summary>Gets its stable name, <c>snake_case</c>.</summary>
    public string Id { get; }

    /// <summary>Gets what people read beside the value.</summary>
    public string Label { get; }

    /// <summary>Gets the value.</summary>
    public Cell Value { get; }
}
