using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Overview;

/// <summary>Flows and bytes per protocol spoken.</summary>
public sealed class OverviewState : AnalyzerState
{
    /// <summary>Index of the flows in a protocol's counters.</summary>
    public const int Flows = 0;

    /// <summary>Index of the IP bytes in a protocol's counters.</summary>
    public const int Bytes = 1;

    /// <summary>Initializes a new instance of the <see cref="OverviewState"/> class.</summary>
    public OverviewState() => Services = Part(new PartMap<TextKey, Counters>(Packets.Limits.Keys, () => new Counters(2)));

    /// <summary>Gets flows and bytes per protocol.</summary>
    public PartMap<TextKey, Counters> Services { get; }
}
