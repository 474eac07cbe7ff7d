namespace Pcapper.Modules.Protocols.Ics;

/// <summary>A request that is made again and again.</summary>
/// <param name="Station">The unit or station.</param>
/// <param name="Call">The function, as the dialect numbers it.</param>
/// <param name="Address">The first address.</param>
/// <param name="Quantity">How many.</param>
public readonly record struct IcsPollKey(long Station, long Call, long Address, long Quantity);
