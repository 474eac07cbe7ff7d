using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>
/// What answers told of domains, their controllers, computers, users, services and trusts. Names in keys are in lower case and as they
/// were said: which of them are the same domain is found in the end, when all answers are together.
/// </summary>
public sealed class DomainState : AnalyzerState
{
    private const int MostKeys = 20_000;
    private const int FewKeys = 4096;

    /// <summary>Initializes a new instance of the <see cref="DomainState"/> class.</summary>
    public DomainState()
    {
        Domains = Part(new PartMap<Key2<TextKey, NumberKey>, DomainSaying>(FewKeys));
        Aliases = Part(new PartMap<Key2<TextKey, TextKey>, DomainSaying>(FewKeys));
        Forests = Part(new PartMap<Key2<TextKey, TextKey>, DomainSaying>(FewKeys));
        Controllers = Part(new PartMap<Key3<AddressKey, NumberKey, TextKey>, ControllerFacts>(FewKeys));
        Locators = Part(new PartMap<Key3<TextKey, TextKey, NumberKey>, ControllerFacts>(FewKeys));
        Addresses = Part(new PartMap<Key2<TextKey, AddressKey>, DomainSaying>(MostKeys));
        Names = Part(new PartMap<Key3<AddressKey, NumberKey, TextKey>, DomainSaying>(MostKeys));
        Groups = Part(new PartMap<Key2<AddressKey, TextKey>, DomainSaying>(MostKeys));
        ClientSites = Part(new PartMap<Key2<AddressKey, TextKey>, DomainSaying>(MostKeys));
        Computers = Part(new PartMap<Key3<TextKey, TextKey, AddressKey>, ComputerFacts>(MostKeys));
        Logins = Part(new PartMap<Key3<Key2<TextKey, TextKey>, PairKey, TextKey>, LoginFacts>(MostKeys));
        Services = Part(new PartMap<Key2<TextKey, TextKey>, ServiceFacts>(MostKeys));
        Trusts = Part(new PartMap<Key3<TextKey, TextKey, NumberKey>, TrustFacts>(FewKeys));
    }

    /// <summary>Gets the domains by name and by what told of them (<see cref="DomainEvidence"/>).</summary>
    public PartMap<Key2<TextKey, NumberKey>, DomainSaying> Domains { get; }

    /// <summary>Gets which other name (NetBIOS, second) one answer gave for a DNS name (first).</summary>
    public PartMap<Key2<TextKey, TextKey>, DomainSaying> Aliases { get; }

    /// <summary>Gets the forest (second) of a domain (first).</summary>
    public PartMap<Key2<TextKey, TextKey>, DomainSaying> Forests { get; }

    /// <summary>Gets what shows that an address is a controller, by evidence (<see cref="DomainEvidence"/>) and domain; the domain may be empty.</summary>
    public PartMap<Key3<AddressKey, NumberKey, TextKey>, ControllerFacts> Controllers { get; }

    /// <summary>Gets the hosts that locator records name, by host and domain; the number is 1 for records that only controllers have.</summary>
    public PartMap<Key3<TextKey, TextKey, NumberKey>, ControllerFacts> Locators { get; }

    /// <summary>Gets the addresses of names, as DNS answers say: those beside locator records, and internal ones.</summary>
    public PartMap<Key2<TextKey, AddressKey>, DomainSaying> Addresses { get; }

    /// <summary>Gets the names of addresses by what told them (<see cref="NameSource"/>).</summary>
    public PartMap<Key3<AddressKey, NumberKey, TextKey>, DomainSaying> Names { get; }

    /// <summary>Gets the NetBIOS groups, domains or workgroups, that an address is in.</summary>
    public PartMap<Key2<AddressKey, TextKey>, DomainSaying> Groups { get; }

    /// <summary>Gets the sites that controllers assign to clients.</summary>
    public PartMap<Key2<AddressKey, TextKey>, DomainSaying> ClientSites { get; }

    /// <summary>Gets the computers by short name, domain and address.</summary>
    public PartMap<Key3<TextKey, TextKey, AddressKey>, ComputerFacts> Computers { get; }

    /// <summary>Gets the logins by account (user, domain), hosts, and protocol.</summary>
    public PartMap<Key3<Key2<TextKey, TextKey>, PairKey, TextKey>, LoginFacts> Logins { get; }

    /// <summary>Gets the services by principal name and realm.</summary>
    public PartMap<Key2<TextKey, TextKey>, ServiceFacts> Services { get; }

    /// <summary>Gets which domain (first) trusts which (second), by evidence (<see cref="DomainEvidence"/>).</summary>
    public PartMap<Key3<TextKey, TextKey, NumberKey>, TrustFacts> Trusts { get; }

    /// <summary>Gets a value indicating whether everything that was told is kept.</summary>
    internal bool IsComplete => Domains.IsComplete && Aliases.IsComplete && Controllers.IsComplete && Locators.IsComplete && Names.IsComplete
        && Computers.IsComplete && Logins.IsComplete && Services.IsComplete && Trusts.IsComplete;
}
