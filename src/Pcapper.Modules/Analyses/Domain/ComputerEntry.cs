using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>A computer of the model that is no controller.</summary>
internal sealed class ComputerEntry
{
    /// <summary>Gets its addresses.</summary>
    public SortedSet<IpAddress> Addresses { get; } = [];

    /// <summary>Gets its DNS names.</summary>
    public SortedSet<string> DnsNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets what shows that it is in the domain.</summary>
    public SortedSet<string> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the sites that it is told to be in.</summary>
    public SortedSet<string> Sites { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the frames that show it.</summary>
    public FrameSample Frames { get; } = new();

    /// <summary>Gets when.</summary>
    public Extent When { get; } = new();
}
