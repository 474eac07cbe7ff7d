namespace Pcapper.Engine;

/// <summary>Where a flow is held. It stays the same object for the flows that follow, so this outlives the flow.</summary>
internal struct FlowPlace
{
    /// <summary>The hash of its two ends.</summary>
    public uint Hash;

    /// <summary>Its number in the index, from 1; 0 before it was ever there.</summary>
    public int Number;

    /// <summary>Whether it is in the index.</summary>
    public bool IsHeld;
}
