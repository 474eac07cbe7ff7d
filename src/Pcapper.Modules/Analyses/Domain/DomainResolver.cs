using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>Which names are the same domain: NetBIOS names stand for the DNS name that an answer gave beside them.</summary>
internal sealed class DomainResolver
{
    private readonly Dictionary<string, string> _dnsNames = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _netbiosNames;

    /// <summary>Initializes a new instance of the <see cref="DomainResolver"/> class.</summary>
    public DomainResolver(DomainState state)
    {
        // A name that was given for several domains stands for the one that most hosts told, then for the one told most often.
        foreach (IGrouping<string, KeyValuePair<Key2<TextKey, TextKey>, DomainSaying>> names in state.Aliases.Entries.GroupBy(a => a.Key.Second.Text, StringComparer.Ordinal))
        {
            _dnsNames[names.Key] = names
                .OrderByDescending(a => a.Value.Tellers.Distinct).ThenByDescending(a => a.Value.Frames.Total).ThenBy(a => a.Key).First().Key.First.Text;
        }

        _netbiosNames = _dnsNames.OrderBy(n => n.Key, StringComparer.Ordinal).ToLookup(n => n.Value, n => n.Key, StringComparer.Ordinal);
    }

    /// <summary>Writes a domain's name as usual: DNS names in lower case, NetBIOS names in upper case.</summary>
    public static string Display(string name) => DomainSayings.IsDnsName(name) ? name : name.ToUpperInvariant();

    /// <summary>Gets the name that a domain goes by in the model.</summary>
    public string Resolve(string name) => _dnsNames.GetValueOrDefault(name, name);

    /// <summary>Gets the NetBIOS names of a domain.</summary>
    public IEnumerable<string> NetbiosNames(string domain) => _netbiosNames[domain];
}
