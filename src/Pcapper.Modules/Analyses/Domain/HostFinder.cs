using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>Knows the computers of the model, and what to call an address.</summary>
internal sealed class HostFinder
{
    // What a host says of itself: the longer names first.
    private static readonly NameSource[] s_order = [NameSource.Ldap, NameSource.Ntlm, NameSource.Netbios, NameSource.Dhcp];

    // Who makes up names makes up many; a host has a few.
    private const int MostAtOne = 8;

    private readonly Dictionary<(string Name, string Domain), ComputerEntry> _computers = [];
    private readonly Dictionary<IpAddress, string> _names = [];
    private readonly HashSet<(IpAddress, string)> _shortNames;

    /// <summary>Initializes a new instance of the <see cref="HostFinder"/> class.</summary>
    public HostFinder(DomainState state, DomainResolver resolver, IReadOnlyList<ControllerEntry> controllers)
    {
        foreach ((Key3<TextKey, TextKey, AddressKey> key, ComputerFacts facts) in state.Computers.Entries)
        {
            ComputerEntry computer = Computer((key.First.Text, resolver.Resolve(key.Second.Text)));
            computer.Addresses.Add(key.Third.Address);
            computer.DnsNames.UnionWith(facts.Names.Values);
            computer.Sources.UnionWith(facts.Sources.Values);
            computer.Frames.Merge(facts.Frames);
            computer.When.Merge(facts.When);
        }

        AddGroups(state, resolver);
        ILookup<IpAddress, string> sites = state.ClientSites.Entries.ToLookup(s => s.Key.First.Address, s => s.Key.Second.Text);
        foreach (ComputerEntry computer in _computers.Values)
        {
            computer.Sites.UnionWith(computer.Addresses.SelectMany(a => sites[a].Take(MostAtOne)));
        }

        HashSet<(string, string)> known = [.. controllers.SelectMany(c => c.ShortNames.Select(n => (n, c.Domain)))];
        NameAddresses(state, controllers);
        _shortNames =
        [
            .. state.Computers.Entries.Select(c => (c.Key.Third.Address, c.Key.First.Text)),
            .. state.Names.Entries.Select(n => (n.Key.First.Address, AccountName.Short(n.Key.Third.Text))),
        ];
        foreach ((string, string) controller in known)
        {
            _computers.Remove(controller);
        }
    }

    /// <summary>Gets the addresses that have a name, in their order.</summary>
    public IEnumerable<IpAddress> Known => _names.Keys.Order();

    /// <summary>Gets the computers that are no controllers.</summary>
    public IReadOnlyList<KeyValuePair<(string Name, string Domain), ComputerEntry>> Computers()
        => [.. _computers.OrderBy(c => c.Key.Domain, StringComparer.Ordinal).ThenBy(c => c.Key.Name, StringComparer.Ordinal)];

    /// <summary>Gets the name to call an address by, or null.</summary>
    public string? NameOf(IpAddress address) => _names.GetValueOrDefault(address);

    /// <summary>Tells whether an address goes by a short name.</summary>
    public bool IsNamed(IpAddress address, string shortName) => _shortNames.Contains((address, shortName));

    // A NetBIOS group is a domain's if answers showed that there is such a domain; else it is a workgroup.
    private void AddGroups(DomainState state, DomainResolver resolver)
    {
        HashSet<string> domains = [.. state.Domains.Entries.Select(d => resolver.Resolve(d.Key.First.Text))];
        ILookup<IpAddress, string> names = state.Names.Entries.Where(n => (NameSource)n.Key.Second.Value == NameSource.Netbios).ToLookup(n => n.Key.First.Address, n => n.Key.Third.Text);
        foreach ((Key2<AddressKey, TextKey> key, DomainSaying saying) in state.Groups.Entries)
        {
            string domain = resolver.Resolve(key.Second.Text);
            foreach (string name in domains.Contains(domain) ? names[key.First.Address].Take(MostAtOne) : [])
            {
                ComputerEntry computer = Computer((AccountName.Short(name), domain));
                computer.Addresses.Add(key.First.Address);
                computer.Sources.Add("NetBIOS");
                computer.Frames.Merge(saying.Frames);
                computer.When.Merge(saying.When);
            }
        }
    }

    private void NameAddresses(DomainState state, IReadOnlyList<ControllerEntry> controllers)
    {
        foreach (ControllerEntry controller in controllers.Where(c => c.Name is not null))
        {
            foreach (IpAddress address in controller.Addresses)
            {
                _names.TryAdd(address, controller.Name!);
            }
        }

        foreach ((Key3<AddressKey, NumberKey, TextKey> key, _) in state.Names.Entries
            .Where(n => s_order.Contains((NameSource)n.Key.Second.Value))
            .OrderBy(n => Array.IndexOf(s_order, (NameSource)n.Key.Second.Value)).ThenByDescending(n => n.Value.Frames.Total).ThenBy(n => n.Key))
        {
            _names.TryAdd(key.First.Address, key.Third.Text);
        }

        foreach (((string name, _), ComputerEntry computer) in _computers.OrderBy(c => c.Key.Name, StringComparer.Ordinal).ThenBy(c => c.Key.Domain, StringComparer.Ordinal))
        {
            foreach (IpAddress address in computer.Addresses)
            {
                _names.TryAdd(address, computer.DnsNames.FirstOrDefault() ?? name.ToUpperInvariant());
            }
        }

        // A name that DNS gave to an address tells who is there if it is the only one.
        foreach (IGrouping<IpAddress, string> told in state.Addresses.Entries.GroupBy(a => a.Key.Second.Address, a => a.Key.First.Text).Where(n => n.Count() == 1))
        {
            _names.TryAdd(told.Key, told.First());
        }
    }

    private ComputerEntry Computer((string Name, string Domain) key)
    {
        if (!_computers.TryGetValue(key, out ComputerEntry? computer))
        {
            computer = new ComputerEntry();
            _computers.Add(key, computer);
        }

        return computer;
    }
}
