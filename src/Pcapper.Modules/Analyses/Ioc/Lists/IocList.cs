using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Ioc.Lists;

/// <summary>A list of indicators, read.</summary>
/// <param name="Patterns">Its entries.</param>
/// <param name="Skipped">How many entries could not be used: unknown kinds, patterns that are not simple, ranges that are too wide.</param>
/// <param name="Problem">Why nothing of it could be used, or null.</param>
public sealed record IocList(IReadOnlyList<WatchedPattern> Patterns, long Skipped, string? Problem);
