namespace Pcapper.Engine;

/// <summary>What a run came to.</summary>
public sealed record RunOutcome
{
    /// <summary>Gets what each capture is.</summary>
    public required IReadOnlyList<CaptureSummary> Captures { get; init; }

    /// <summary>Gets the sections, in the order of the modules' names.</summary>
    public required IReadOnlyList<Section> Sections { get; init; }

    /// <summary>Gets the findings.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Gets the indicators.</summary>
    public required IReadOnlyList<Indicator> Indicators { get; init; }

    /// <summary>Gets the observables that <c>--ioc</c> tells of, in order.</summary>
    public IReadOnlyList<Observable> Observables { get; init; } = [];

    /// <summary>Gets the lines for hashcat, in order.</summary>
    public required IReadOnlyList<HashLine> Hashes { get; init; }

    /// <summary>Gets what the first screen shows.</summary>
    public required Overview Overview { get; init; }

    /// <summary>Gets what went wrong.</summary>
    public required IReadOnlyList<RunProblem> Problems { get; init; }
}
