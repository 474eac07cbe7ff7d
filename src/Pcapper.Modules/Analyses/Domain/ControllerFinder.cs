using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>Puts the evidence for domain controllers together, host by host.</summary>
internal sealed class ControllerFinder(DomainState state, DomainResolver resolver, IReadOnlyDictionary<string, DomainEntry> domains)
{
    // A controller has few addresses; who answers with many makes no more work than that.
    private const int MostWithOneName = 16;

    private readonly Dictionary<IpAddress, ControllerEntry> _byAddress = [];
    private readonly Dictionary<(string Host, string Domain), ControllerEntry> _byName = [];
    private readonly List<ControllerEntry> _nameless = [];

    // Several computers behind one address are none to be taken for the controller.
    private readonly Dictionary<IpAddress, (string Name, string Domain)> _computers = state.Computers.Entries
        .GroupBy(c => c.Key.Third.Address, c => (Name: c.Key.First.Text, Domain: resolver.Resolve(c.Key.Second.Text)))
        .Select(g => (g.Key, Computers: g.Distinct().ToList())).Where(g => g.Computers.Count == 1).ToDictionary(g => g.Key, g => g.Computers[0]);

    /// <summary>Finds all, those with most evidence first.</summary>
    public IReadOnlyList<ControllerEntry> Find()
    {
        foreach ((Key3<AddressKey, NumberKey, TextKey> key, ControllerFacts facts) in state.Controllers.Entries)
        {
            ControllerEntry entry = At(key.First.Address);
            entry.Evidence.Add(((DomainEvidence)key.Second.Value, key.Third.Text, facts));
            AddNames(entry, facts.Names.Values);
        }

        AddTold();
        AddLocators();
        foreach (ControllerEntry entry in _byAddress.Values.Concat(_nameless))
        {
            entry.Domain = DomainOf(entry);
        }

        return [.. Merged()
            .OrderByDescending(e => e.IsProven).ThenBy(e => e.Domain, StringComparer.Ordinal).ThenByDescending(e => e.Answers)
            .ThenBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.Addresses.FirstOrDefault())];
    }

    private static void AddNames(ControllerEntry entry, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            (DomainSayings.IsDnsName(name) ? entry.DnsNames : entry.NetbiosNames).Add(name);
        }
    }

    // What a host calls itself elsewhere.
    private void AddTold()
    {
        foreach ((Key3<AddressKey, NumberKey, TextKey> key, _) in state.Names.Entries)
        {
            if (_byAddress.TryGetValue(key.First.Address, out ControllerEntry? entry))
            {
                AddNames(entry, [key.Third.Text]);
            }
        }

        foreach ((Key3<TextKey, TextKey, AddressKey> key, ComputerFacts facts) in state.Computers.Entries)
        {
            if (_byAddress.TryGetValue(key.Third.Address, out ControllerEntry? entry) && _computers.ContainsKey(key.Third.Address))
            {
                AddNames(entry, facts.Names.Values);
                AddNames(entry, [key.First.Text.ToUpperInvariant()]);
            }
        }
    }

    private void AddLocators()
    {
        ILookup<string, IpAddress> addresses = state.Addresses.Entries.ToLookup(a => a.Key.First.Text, a => a.Key.Second.Address, StringComparer.Ordinal);
        ILookup<string, ControllerEntry> named = _byAddress.Values.SelectMany(e => e.DnsNames.Select(n => (Name: n, Entry: e))).ToLookup(n => n.Name, n => n.Entry, StringComparer.Ordinal);
        foreach ((Key3<TextKey, TextKey, NumberKey> key, ControllerFacts facts) in state.Locators.Entries)
        {
            bool isProof = key.Third.Value != 0;
            string host = key.First.Text;
            List<ControllerEntry> entries = [.. named[host].Take(MostWithOneName)];
            if (isProof || entries.Count == 0)
            {
                entries.AddRange(addresses[host].Take(MostWithOneName).Where(a => isProof || _byAddress.ContainsKey(a)).Select(At).Except(entries).ToList());
            }

            if (entries.Count == 0 && isProof)
            {
                ControllerEntry unseen = new();
                _nameless.Add(unseen);
                entries.Add(unseen);
            }

            foreach (ControllerEntry entry in entries)
            {
                entry.DnsNames.Add(host);
                if (isProof)
                {
                    entry.Evidence.Add((DomainEvidence.Locator, key.Second.Text, facts));
                }
            }
        }
    }

    // What answered itself goes before what others say of it, and that before what only fits.
    private string DomainOf(ControllerEntry entry)
    {
        (DomainEvidence Evidence, string Domain)[] told =
        [
            .. entry.Evidence.Where(e => e.Domain.Length > 0).OrderBy(e => e.Evidence).ThenByDescending(e => e.Facts.Frames.Total).ThenBy(e => e.Domain, StringComparer.Ordinal)
                .Select(e => (e.Evidence, resolver.Resolve(e.Domain))),
        ];
        string[] endings = [.. entry.DnsNames.Select(n => n[(n.IndexOf('.', StringComparison.Ordinal) + 1)..])];
        if (Array.Find(told, t => DomainSayings.IsDnsName(t.Domain)) is { Domain: not null } first)
        {
            // Records of global catalogs are the forest's, of which the host's domain may be a part.
            string? part = first.Evidence == DomainEvidence.Locator ? Array.Find(endings, e => e.EndsWith("." + first.Domain, StringComparison.Ordinal)) : null;
            return part ?? first.Domain;
        }

        // Its DNS name ends in its domain's.
        string? fitting = Array.Find(endings, domains.ContainsKey);
        string? member = entry.Addresses.Where(_computers.ContainsKey).Select(a => _computers[a].Domain).FirstOrDefault();
        return fitting ?? (told.Length > 0 ? told[0].Domain : member ?? string.Empty);
    }

    private List<ControllerEntry> Merged()
    {
        List<ControllerEntry> merged = [];
        foreach (ControllerEntry entry in _byAddress.OrderBy(e => e.Key).Select(e => e.Value).Concat(_nameless))
        {
            // In a domain no two computers have one name.
            string? same = entry.Domain.Length == 0 ? null : entry.ShortNames.FirstOrDefault(n => _byName.ContainsKey((n, entry.Domain)));
            ControllerEntry kept = entry;
            if (same is not null)
            {
                kept = _byName[(same, entry.Domain)];
                kept.Merge(entry);
            }
            else
            {
                merged.Add(entry);
            }

            foreach (string name in entry.ShortNames)
            {
                _byName.TryAdd((name, entry.Domain), kept);
            }
        }

        return merged;
    }

    private ControllerEntry At(IpAddress address)
    {
        if (!_byAddress.TryGetValue(address, out ControllerEntry? entry))
        {
            entry = new ControllerEntry();
            entry.Addresses.Add(address);
            _byAddress.Add(address, entry);
        }

        return entry;
    }
}
