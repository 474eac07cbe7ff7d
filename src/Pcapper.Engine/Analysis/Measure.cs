namespace Pcapper.Engine;

/// <summary>A number that a finding rests on.</summary>
/// <param name="Name">What was measured: <c>periodicity</c>.</param>
/// <param name="Value">How much it was.</param>
/// <param name="Threshold">How much it needed to be, if there is such a bound.</param>
/// <param name="Unit">The unit: <c>s</c>, <c>%</c>, <c>bytes</c>; empty for plain numbers.</param>
public sealed record Measure(string Name, double Value, double? Threshold = null, string Unit = "");
