namespace Pcapper.Engine;

/// <summary>What made the report.</summary>
/// <param name="Tool">The program.</param>
/// <param name="Version">Its version.</param>
/// <param name="Arguments">Its arguments, raw.</param>
public sealed record ReportHeader(string Tool, string Version, IReadOnlyList<string> Arguments);
