using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>An account at a host of the model.</summary>
internal sealed class IdentityEntry
{
    /// <summary>Gets how the name was written.</summary>
    public SortedSet<string> Spellings { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets what the host called itself.</summary>
    public SortedSet<string> Workstations { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets by which protocols.</summary>
    public SortedSet<string> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets where to.</summary>
    public SortedSet<IpAddress> Servers { get; } = [];

    /// <summary>Gets the logins.</summary>
    public FrameSample Frames { get; } = new();

    /// <summary>Gets when.</summary>
    public Extent When { get; } = new();

    /// <summary>Gets or sets whether the account is of the domain, or of one computer.</summary>
    public string Kind { get; set; } = string.Empty;

    /// <summary>Gets or sets how many succeeded.</summary>
    public long Succeeded { get; set; }

    /// <summary>Gets or sets how many were refused.</summary>
    public long Failed { get; set; }

    /// <summary>Gets how many have no known outcome.</summary>
    public long Unknown => Frames.Total - Succeeded - Failed;

    /// <summary>Gets the name to show: of several spellings the one with the most small letters.</summary>
    public string User => Spellings.LastOrDefault() ?? string.Empty;
}
