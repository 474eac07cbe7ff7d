using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>Puts logins together: who was at which host.</summary>
internal sealed class IdentityFinder(
    DomainState state, DomainResolver resolver, IReadOnlyDictionary<string, DomainEntry> domains, HostFinder hosts, IReadOnlyList<ControllerEntry> controllers)
{
    /// <summary>Of an account of a domain of the model.</summary>
    public const string OfDomain = "domain";

    /// <summary>Of an account of one computer.</summary>
    public const string OfComputer = "local";

    /// <summary>Finds all, those let in first, and of these those seen most often.</summary>
    public IReadOnlyList<KeyValuePair<(string User, string Domain, IpAddress Address), IdentityEntry>> Find()
    {
        HashSet<IpAddress> controllerAddresses = [.. controllers.SelectMany(c => c.Addresses)];
        Dictionary<(string User, string Domain, IpAddress Address), IdentityEntry> identities = [];
        foreach ((Key3<Key2<TextKey, TextKey>, PairKey, TextKey> key, LoginFacts facts) in state.Logins.Entries)
        {
            string user = key.First.First.Text;
            string domain = resolver.Resolve(key.First.Second.Text);
            if (new AccountName(user, domain) is { IsComputer: true } or { IsService: true } || IsMissing(facts))
            {
                continue;
            }

            // Directories of other makes have names of their own.
            bool isKnown = domains.TryGetValue(domain, out DomainEntry? known) && known.IsDirectory;
            if (key.Third.Text.StartsWith("ldap simple", StringComparison.Ordinal) && !isKnown && !controllerAddresses.Contains(key.Second.To))
            {
                continue;
            }

            var place = (user, domain, key.Second.From);
            if (!identities.TryGetValue(place, out IdentityEntry? identity))
            {
                identity = new IdentityEntry { Kind = Kind(domain, key.Second, facts) };
                identities.Add(place, identity);
            }

            Add(identity, key, facts);
        }

        return [.. identities
            .OrderByDescending(i => i.Value.Succeeded > 0).ThenByDescending(i => i.Value.Frames.Total)
            .ThenBy(i => i.Key.User, StringComparer.Ordinal).ThenBy(i => i.Key.Domain, StringComparer.Ordinal).ThenBy(i => i.Key.Address)];
    }

    /// <summary>Tells whether all that is known of a name is that it does not exist.</summary>
    public static bool IsMissing(LoginFacts facts) => facts.Missing.Value > 0 && facts.Missing.Value == facts.Frames.Total;

    private static void Add(IdentityEntry identity, Key3<Key2<TextKey, TextKey>, PairKey, TextKey> key, LoginFacts facts)
    {
        identity.Spellings.UnionWith(facts.Spellings.Values);
        identity.Workstations.UnionWith(facts.Workstations.Values);
        identity.Sources.Add(key.Third.Text.Split(' ')[0]);
        identity.Servers.Add(key.Second.To);
        identity.Succeeded += facts.Succeeded.Value;
        identity.Failed += facts.Failed.Value;
        identity.Frames.Merge(facts.Frames);
        identity.When.Merge(facts.When);
    }

    private string Kind(string domain, PairKey pair, LoginFacts facts)
    {
        if (domains.ContainsKey(domain))
        {
            return OfDomain;
        }

        bool isHost = domain == "." || (domain.Length > 0
            && (hosts.IsNamed(pair.To, domain) || hosts.IsNamed(pair.From, domain) || facts.Workstations.Values.Contains(domain, StringComparer.OrdinalIgnoreCase)));
        return isHost ? OfComputer : string.Empty;
    }
}
