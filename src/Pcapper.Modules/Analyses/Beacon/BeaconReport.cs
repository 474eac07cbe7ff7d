namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>What was found, the best first.</summary>
/// <param name="Candidates">Rhythms that are expected by nobody, each traffic once.</param>
/// <param name="Expected">Rhythms that were left out, with the reason.</param>
/// <param name="Repeated">Rhythms that are the same traffic as a candidate.</param>
/// <param name="Tried">How many series had beats enough to look for a rhythm.</param>
internal sealed record BeaconReport(IReadOnlyList<BeaconCandidate> Candidates, IReadOnlyList<BeaconCandidate> Expected, IReadOnlyList<BeaconCandidate> Repeated, int Tried);
