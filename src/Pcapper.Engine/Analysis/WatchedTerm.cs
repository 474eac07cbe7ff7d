namespace Pcapper.Engine;

/// <summary>A value to look for.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The value in one spelling; of a range its first address.</param>
/// <param name="Mode">How it is compared.</param>
/// <param name="Prefix">Bits of a range, counted on 128 (an IPv4 /24 is 120).</param>
public readonly record struct WatchedTerm(IndicatorKind Kind, string Value, WatchMode Mode, int Prefix = 0);
