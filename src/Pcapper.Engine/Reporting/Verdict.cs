namespace Pcapper.Engine;

/// <summary>The answer that the first screen begins with.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Confidence">How sure that is: <c>high</c>, <c>medium</c>, <c>low</c>.</param>
/// <param name="Hosts">The addresses it is about.</param>
/// <param name="Text">The answer in one sentence.</param>
/// <param name="Details">More lines below it: who the host is, what happened in which order.</param>
public sealed record Verdict(VerdictLevel Level, string Confidence, IReadOnlyList<string> Hosts, string Text, params IReadOnlyList<string> Details);
