namespace Pcapper.Engine;

/// <summary>One counter of the first screen.</summary>
/// <param name="Name">What was counted: <c>weak TLS</c>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Hint">The option that shows them, or empty.</param>
public sealed record Signal(string Name, long Count, string Hint = "");
