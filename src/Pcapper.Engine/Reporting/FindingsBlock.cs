namespace Pcapper.Engine;

/// <summary>Findings, where a section wants to show them itself.</summary>
public sealed class FindingsBlock : Block
{
    internal FindingsBlock(IReadOnlyList<Finding> findings) => Findings = findings;

    /// <summary>Gets the findings; they are those of the document, so they have their numbers.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}
