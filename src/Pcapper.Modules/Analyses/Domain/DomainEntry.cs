using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>A domain of the model.</summary>
/// <param name="name">The name that it goes by, in lower case.</param>
internal sealed class DomainEntry(string name)
{
    /// <summary>Gets the name that it goes by, in lower case.</summary>
    public string Name { get; } = name;

    /// <summary>Gets its forests: one, unless answers contradict each other.</summary>
    public SortedSet<string> Forests { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets its sites.</summary>
    public SortedSet<string> Sites { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets what told of it.</summary>
    public SortedSet<DomainEvidence> Evidence { get; } = [];

    /// <summary>Gets the frames that told of it.</summary>
    public FrameSample Frames { get; } = new();

    /// <summary>Gets when.</summary>
    public Extent When { get; } = new();

    /// <summary>Gets or sets how many controllers it has.</summary>
    public int Controllers { get; set; }

    /// <summary>Gets or sets how many computers it has besides.</summary>
    public int Members { get; set; }

    /// <summary>Gets its users that logged in.</summary>
    public HashSet<string> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether more than a Kerberos realm of whatever make.</summary>
    public bool IsDirectory => Evidence.Any(e => e is not (DomainEvidence.Kerberos or DomainEvidence.TrustEntry));

    /// <summary>Gets a value indicating whether it is only known by what others say of it.</summary>
    public bool IsElsewhere => Evidence.All(e => e is DomainEvidence.TrustEntry);
}

/// <summary>A controller of the model, with all addresses.</summary>
internal sealed class ControllerEntry
{
    /// <summary>Gets its addresses.</summary>
    public SortedSet<IpAddress> Addresses { get; } = [];

    /// <summary>Gets its DNS names.</summary>
    public SortedSet<string> DnsNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets its NetBIOS names.</summary>
    public SortedSet<string> NetbiosNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets what shows that it is one: evidence, the domain as it was told (may be empty), and the facts.</summary>
    public List<(DomainEvidence Evidence, string Domain, ControllerFacts Facts)> Evidence { get; } = [];

    /// <summary>Gets or sets the domain, in lower case; empty if none was told.</summary>
    public string Domain { get; set; } = string.Empty;

    /// <summary>Gets the name to call it by, or null.</summary>
    public string? Name => DnsNames.FirstOrDefault() ?? NetbiosNames.FirstOrDefault();

    /// <summary>Gets the short forms of its names.</summary>
    public IEnumerable<string> ShortNames => DnsNames.Concat(NetbiosNames).Select(AccountName.Short);

    /// <summary>Gets the kinds of evidence.</summary>
    public IReadOnlyList<DomainEvidence> Kinds => [.. Evidence.Select(e => e.Evidence).Distinct().Order()];

    /// <summary>Gets a value indicating whether answers prove it: one that only controllers give, or two that they usually give.</summary>
    public bool IsProven
    {
        get
        {
            int answers = Kinds.Sum(Weight);
            return answers >= 2 || (answers == 1 && Kinds.Contains(DomainEvidence.Announcement));
        }
    }

    /// <summary>Gets what it is, as far as answers show.</summary>
    public string Role => IsProven ? "domain controller"
        : Kinds is [DomainEvidence.Kerberos] ? "KDC"
        : Kinds is [DomainEvidence.Announcement] ? "says it is one"
        : "domain controller?";

    /// <summary>Takes over what another entry of the same host has.</summary>
    public void Merge(ControllerEntry other)
    {
        Addresses.UnionWith(other.Addresses);
        DnsNames.UnionWith(other.DnsNames);
        NetbiosNames.UnionWith(other.NetbiosNames);
        Evidence.AddRange(other.Evidence);
    }

    private static int Weight(DomainEvidence evidence) => evidence switch
    {
        DomainEvidence.Ping or DomainEvidence.RootEntry or DomainEvidence.SystemVolume => 2,
        DomainEvidence.Announcement => 0,
        _ => 1,
    };
}

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
