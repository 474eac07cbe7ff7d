using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

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

    /// <summary>Gets how much answers show: 2 for one that only controllers give, 1 for each that they usually give.</summary>
    public int Answers => Kinds.Sum(Weight);

    /// <summary>Gets a value indicating whether answers prove it.</summary>
    public bool IsProven => Answers >= 2 || (Answers == 1 && Kinds.Contains(DomainEvidence.Announcement));

    /// <summary>Gets what it is, as far as answers show.</summary>
    public string Role => IsProven ? "controller"
        : Kinds is [DomainEvidence.Kerberos] ? "KDC"
        : Kinds is [DomainEvidence.Locator] ? "named by DNS"
        : Kinds is [DomainEvidence.Announcement] ? "says so"
        : "possibly";

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
