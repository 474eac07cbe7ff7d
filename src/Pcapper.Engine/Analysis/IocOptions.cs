namespace Pcapper.Engine;

/// <summary>What is asked of indicators.</summary>
public sealed record IocOptions
{
    /// <summary>Gets what is usual.</summary>
    public static IocOptions Usual { get; } = new();

    /// <summary>Gets a value indicating whether private, reserved and well-known values are kept.</summary>
    public bool KeepsAll { get; init; }

    /// <summary>Gets what to look for.</summary>
    public IReadOnlyList<WatchedPattern> Watched { get; init; } = [];
}
