namespace Pcapper.Engine;

/// <summary>What the user changes about detections: thresholds, severities, and which of them are off.</summary>
public sealed class DetectionRules
{
    /// <summary>Gets what changes nothing.</summary>
    public static DetectionRules None { get; } = new();

    /// <summary>Gets the thresholds that are changed.</summary>
    public IReadOnlyDictionary<Threshold, long> Thresholds { get; init; } = new Dictionary<Threshold, long>();

    /// <summary>Gets the severities that are changed, by the detection's id.</summary>
    public IReadOnlyDictionary<string, Severity> Severities { get; init; } = new Dictionary<string, Severity>(StringComparer.Ordinal);

    /// <summary>Gets the ids of detections that are off.</summary>
    public IReadOnlySet<string> Off { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Gets a threshold.</summary>
    public long Value(Threshold threshold) => Thresholds.TryGetValue(threshold, out long changed) ? changed : threshold.Usual;

    /// <summary>Gives a finding as the rules want it; null if its detection is off.</summary>
    internal Finding? Apply(Finding finding) => Off.Contains(finding.Type.Id) ? null
        : Severities.TryGetValue(finding.Type.Id, out Severity severity) ? finding with { Raised = severity }
        : finding;
}
