namespace Pcapper.Engine;

/// <summary>An entry of a list of indicators: all of its terms must be seen.</summary>
/// <param name="Terms">What must be seen; one in nearly every case.</param>
/// <param name="List">The name of the list, as the user gave it.</param>
/// <param name="Place">Where in the list: <c>line 17</c>, an id.</param>
public sealed record WatchedPattern(IReadOnlyList<WatchedTerm> Terms, string List, string Place);
