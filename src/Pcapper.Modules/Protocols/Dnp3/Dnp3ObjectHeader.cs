namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>A header of objects in a fragment.</summary>
/// <param name="Group">The group.</param>
/// <param name="Variation">The variation, or 0 for any.</param>
/// <param name="Start">The first index, if a range is given.</param>
/// <param name="Stop">The last one.</param>
/// <param name="Count">How many objects; 0 for all.</param>
public readonly record struct Dnp3ObjectHeader(byte Group, byte Variation, long Start, long Stop, long Count);
