namespace Pcapper.Engine;

/// <summary>The findings about one host, in the order in which things happened.</summary>
/// <param name="Host">The host's address.</param>
/// <param name="Names">Its names.</param>
/// <param name="Users">Who used it.</param>
/// <param name="Chain">The findings.</param>
public sealed record Case(string Host, IReadOnlyList<string> Names, IReadOnlyList<string> Users, IReadOnlyList<Finding> Chain);
