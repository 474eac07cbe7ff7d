namespace Pcapper.Engine;

/// <summary>What the command line, the cache and the documentation need to know of a module.</summary>
/// <param name="Name">Its name, which begins the ids of its findings and tables: <c>dns</c>.</param>
/// <param name="Flag">The option that switches it on, <c>--dns</c>; empty if it has none.</param>
/// <param name="Title">The heading of its section: <c>DNS</c>.</param>
/// <param name="Help">What the option does, in one line.</param>
/// <param name="Version">Raised whenever its state changes shape or meaning, so that cached states are not mistaken.</param>
/// <param name="FindingTypes">The kinds of findings it can raise.</param>
/// <param name="Needs">The types of states of other modules that it reads while concluding.</param>
public sealed record ModuleInfo(
    string Name,
    string Flag,
    string Title,
    string Help,
    int Version,
    IReadOnlyList<FindingType> FindingTypes,
    params IReadOnlyList<Type> Needs);
