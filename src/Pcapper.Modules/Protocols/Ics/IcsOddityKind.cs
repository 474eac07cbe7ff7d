namespace Pcapper.Modules.Protocols.Ics;

/// <summary>What values do against their habit.</summary>
public enum IcsOddityKind
{
    /// <summary>One leaves its range in a step far larger than any before.</summary>
    Jump,

    /// <summary>A block that changed all the time does not change any more.</summary>
    Frozen,

    /// <summary>A block shows the same values in the same order as before.</summary>
    Replayed,
}
