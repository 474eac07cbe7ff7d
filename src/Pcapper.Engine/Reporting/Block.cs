namespace Pcapper.Engine;

/// <summary>A piece of a section. The set of kinds is closed: every renderer handles all of them.</summary>
public abstract class Block
{
    private protected Block()
    {
    }
}
