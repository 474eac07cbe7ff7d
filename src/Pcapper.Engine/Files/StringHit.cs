namespace Pcapper.Engine;

/// <summary>A string of a rule that stands in some content.</summary>
/// <param name="Name">Its name in the rule: <c>$a</c>.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">How many bytes of it there are.</param>
public readonly record struct StringHit(string Name, long Offset, int Length);
