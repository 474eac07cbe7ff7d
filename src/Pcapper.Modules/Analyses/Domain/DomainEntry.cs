namespace Pcapper.Modules.Analyses.Domain;

/// <summary>A domain of the model.</summary>
/// <param name="name">The name that it goes by, in lower case.</param>
internal sealed class DomainEntry(string name)
{
    /// <summary>What a domain is that answers show to be one.</summary>
    public const string Proven = "Active Directory";

    /// <summary>Gets the name that it goes by, in lower case.</summary>
    public string Name { get; } = name;

    /// <summary>Gets its forests: one, unless answers contradict each other.</summary>
    public SortedSet<string> Forests { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets its sites.</summary>
    public SortedSet<string> Sites { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets what told of it.</summary>
    public SortedSet<DomainEvidence> Evidence { get; } = [];

    /// <summary>Gets or sets how many controllers it has.</summary>
    public int Controllers { get; set; }

    /// <summary>Gets or sets how many computers it has besides.</summary>
    public int Members { get; set; }

    /// <summary>Gets its users that logged in.</summary>
    public HashSet<string> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether it is more than a Kerberos realm of whatever make.</summary>
    public bool IsDirectory => Evidence.Any(e => e is not (DomainEvidence.Kerberos or DomainEvidence.Ticket or DomainEvidence.TrustEntry or DomainEvidence.TrustList));

    /// <summary>Gets what it is, as far as answers show.</summary>
    public string Kind => IsElsewhere ? "trusted" : !IsDirectory ? "Kerberos realm" : Evidence.All(e => e is DomainEvidence.Ntlm or DomainEvidence.Ticket) ? "named by servers" : Proven;

    /// <summary>Gets a value indicating whether it is only known by what others say of it.</summary>
    public bool IsElsewhere => Evidence.All(e => e is DomainEvidence.TrustEntry or DomainEvidence.TrustList);
}
