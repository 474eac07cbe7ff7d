namespace Pcapper.Engine;

/// <summary>What people see only when they ask for all of it; machines always do.</summary>
public sealed class DetailBlock : Block
{
    internal DetailBlock(IReadOnlyList<Block> blocks) => Blocks = blocks;

    /// <summary>Gets the blocks.</summary>
    public IReadOnlyList<Block> Blocks { get; }
}
