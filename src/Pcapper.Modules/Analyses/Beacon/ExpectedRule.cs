namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>Why regular traffic is expected.</summary>
/// <param name="Rule">The entry, as it is written.</param>
/// <param name="Why">What it is, or that the user says so.</param>
internal sealed record ExpectedRule(string Rule, string Why);
