namespace Pcapper.Engine;

/// <summary>Where a flow is held: numbers instead of references, so that the garbage collector need not follow them.</summary>
internal struct FlowPlace
{
    /// <summary>The hash of its two ends.</summary>
    public uint Hash;

    /// <summary>Its number in the index, from 1; 0 before it was ever there.</summary>
    public int Number;

    /// <summary>The slot of the time wheel that it is in, counted from 1; 0 for none.</summary>
    public int Slot;

    /// <summary>The number of the flow before it in that slot, or 0.</summary>
    public int Previous;

    /// <summary>The number of the flow behind it in that slot, or 0.</summary>
    public int Next;

    /// <summary>Whether it is in the index.</summary>
    public bool IsHeld;
}
