using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>Everything that the state tells, put together: which names are one domain, which addresses one host.</summary>
internal sealed class DomainModel
{
    private const int MostTold = 3;

    private readonly Dictionary<string, DomainEntry> _domains = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="DomainModel"/> class.</summary>
    public DomainModel(DomainState state)
    {
        State = state;
        Resolver = new DomainResolver(state);
        AddDomains();
        Controllers = new ControllerFinder(state, Resolver, _domains).Find();
        foreach (ControllerEntry controller in Controllers)
        {
            NoteController(controller);
        }

        Hosts = new HostFinder(state, Resolver, Controllers);
        Computers = Hosts.Computers();
        Identities = new IdentityFinder(state, Resolver, _domains, Hosts, Controllers).Find();
        Count();
    }

    /// <summary>Gets what it is made of.</summary>
    public DomainState State { get; }

    /// <summary>Gets which names are the same domain.</summary>
    public DomainResolver Resolver { get; }

    /// <summary>Gets what is known of hosts by address.</summary>
    public HostFinder Hosts { get; }

    /// <summary>Gets the domains, those with most in them first.</summary>
    public IReadOnlyList<DomainEntry> Domains => [.. _domains.Values
        .OrderByDescending(d => d.IsDirectory).ThenByDescending(d => d.Controllers).ThenByDescending(d => d.Members + d.Users.Count).ThenBy(d => d.Name, StringComparer.Ordinal)];

    /// <summary>Gets the controllers, those with most evidence first.</summary>
    public IReadOnlyList<ControllerEntry> Controllers { get; }

    /// <summary>Gets the other computers by short name and domain.</summary>
    public IReadOnlyList<KeyValuePair<(string Name, string Domain), ComputerEntry>> Computers { get; }

    /// <summary>Gets the accounts at hosts by user, domain and address.</summary>
    public IReadOnlyList<KeyValuePair<(string User, string Domain, IpAddress Address), IdentityEntry>> Identities { get; }

    /// <summary>Gets the trusts: which domain trusts which, and what shows it.</summary>
    public IEnumerable<(string Trusting, string Trusted, DomainEvidence Evidence, TrustFacts Facts)> Trusts => State.Trusts.Entries
        .Select(t => (Trusting: Resolver.Resolve(t.Key.First.Text), Trusted: Resolver.Resolve(t.Key.Second.Text), (DomainEvidence)t.Key.Third.Value, t.Value))
        .Where(t => t.Trusting != t.Trusted);

    /// <summary>Tells the first screen whose hosts these are.</summary>
    public void Tell(Engine.Overview overview)
    {
        DomainEntry[] directories = [.. Domains.Where(d => d is { IsDirectory: true, Controllers: > 0 })];
        foreach (DomainEntry domain in directories.Take(MostTold))
        {
            string[] controllers = [.. Controllers.Where(c => c.IsProven && c.Domain == domain.Name).Select(c => $"{c.Name ?? "?"} ({string.Join(", ", c.Addresses.Take(MostTold))}{(c.Addresses.Count > MostTold ? ", …" : "")})")];
            overview.Domains.Add(
                $"{Printable.From(DomainResolver.Display(domain.Name))}: {(controllers.Length > 1 ? "controllers" : "controller")} {Printable.From(string.Join(", ", controllers.Take(MostTold)))}{(controllers.Length > MostTold ? ", …" : "")}, "
                + $"{Units.Count(domain.Members, "other computer")}{(domain.Users.Count == 0 ? "" : $", {Units.Count(domain.Users.Count, "user")}")}");
        }

        foreach (IGrouping<IpAddress, KeyValuePair<(string User, string Domain, IpAddress Address), IdentityEntry>> at in Identities.Where(i => i.Value.Succeeded > 0).GroupBy(i => i.Key.Address))
        {
            overview.Users[at.Key.ToString()] = [.. at.Take(MostTold).Select(i => Printable.From(i.Key.Domain.Length == 0 ? i.Value.User : $"{i.Value.User}@{DomainResolver.Display(i.Key.Domain)}"))];
        }

        foreach (IpAddress address in Hosts.Known)
        {
            if (Hosts.NameOf(address) is { } name)
            {
                overview.Names[address.ToString()] = Printable.From(name);
            }
        }
    }

    private void AddDomains()
    {
        foreach ((Key2<TextKey, NumberKey> key, _) in State.Domains.Entries)
        {
            Domain(Resolver.Resolve(key.First.Text)).Evidence.Add((DomainEvidence)key.Second.Value);
        }

        foreach ((Key2<TextKey, TextKey> key, _) in State.Forests.Entries)
        {
            if (_domains.TryGetValue(Resolver.Resolve(key.First.Text), out DomainEntry? domain))
            {
                domain.Forests.Add(Resolver.Resolve(key.Second.Text));
            }
        }
    }

    private void NoteController(ControllerEntry controller)
    {
        if (_domains.TryGetValue(controller.Domain, out DomainEntry? domain))
        {
            domain.Controllers += controller.IsProven ? 1 : 0;
            domain.Sites.UnionWith(controller.Evidence.SelectMany(e => e.Facts.Sites.Values));
        }
    }

    private void Count()
    {
        foreach (((_, string name), ComputerEntry computer) in Computers)
        {
            if (_domains.TryGetValue(name, out DomainEntry? domain))
            {
                domain.Members++;
                domain.Sites.UnionWith(computer.Sites);
            }
        }

        foreach (((string user, string name, _), IdentityEntry identity) in Identities)
        {
            if (identity.Succeeded > 0 && _domains.TryGetValue(name, out DomainEntry? domain))
            {
                domain.Users.Add(user);
            }
        }
    }

    private DomainEntry Domain(string name)
    {
        if (!_domains.TryGetValue(name, out DomainEntry? domain))
        {
            domain = new DomainEntry(name);
            _domains.Add(name, domain);
        }

        return domain;
    }
}
