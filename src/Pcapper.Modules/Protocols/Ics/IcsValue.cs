namespace Pcapper.Modules.Protocols.Ics;

/// <summary>The value of one point in a message.</summary>
/// <param name="Table">The table of the point, as the dialect numbers them.</param>
/// <param name="Address">Its address within the table.</param>
/// <param name="Value">The value; of decimal numbers a million times it.</param>
/// <param name="HasChanged">Whether it differs from the point's last value in this flow and of this kind (read or written).</param>
/// <param name="IsFirst">Whether it is the first of this kind in the flow.</param>
/// <param name="Burst">How many of the point's last changes lie within <see cref="IcsLimits.BurstWindow"/>, this one included; at most <see cref="IcsLimits.BurstChanges"/>.</param>
public readonly record struct IcsValue(int Table, long Address, long Value, bool HasChanged = false, bool IsFirst = false, byte Burst = 0);
