namespace Pcapper.Engine;

/// <summary>What the first screen shows besides the findings; modules and roll-ups fill it.</summary>
public sealed class Overview
{
    /// <summary>Gets or sets the answer.</summary>
    public Verdict? Verdict { get; set; }

    /// <summary>Gets the domains that this network has, a line each, printable.</summary>
    public List<string> Domains { get; } = [];

    /// <summary>Gets the names of hosts by address, printable, for the cases.</summary>
    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets who logged in at hosts by address, printable, for the cases.</summary>
    public Dictionary<string, IReadOnlyList<string>> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the counters, in the order shown.</summary>
    public List<Signal> Signals { get; } = [];

    /// <summary>Gets the protocols with the most bytes, largest first.</summary>
    public List<TrafficRow> Traffic { get; } = [];

    /// <summary>Gets or sets how many more protocols there are.</summary>
    public int MoreTraffic { get; set; }

    /// <summary>Gets the protocols whose contents no module looks into, largest first: their absence from the findings means nothing.</summary>
    public List<TrafficRow> Unjudged { get; } = [];

    /// <summary>Gets the commands to run next, ready to paste.</summary>
    public List<string> Next { get; } = [];

    /// <summary>Gets the cases.</summary>
    public List<Case> Cases { get; } = [];
}
