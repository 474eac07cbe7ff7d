using Pcapper.Engine;
using Pcapper.Modules.Analyses.Domain;
using Pcapper.Modules.Analyses.Ioc;
using Pcapper.Modules.Analyses.Ips;
using Pcapper.Modules.Data;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Intel;

/// <summary>Tells which values may leave the machine: those that mean the same to everybody, and say nothing about the inside.</summary>
internal sealed class PublicValues
{
    // Longer labels may carry data (tunnels do); a look-up would hand it on.
    private const int LongestHostLabel = 24;

    private readonly HashSet<string> _inside = new(StringComparer.Ordinal);
    private readonly HashSet<string> _insideHosts = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="PublicValues"/> class.</summary>
    /// <param name="domains">The domains that the capture tells of: names in them are of the inside.</param>
    /// <param name="hosts">The names that the capture gives to internal addresses.</param>
    public PublicValues(DomainState domains, IpsState hosts)
    {
        AddDomains(domains.Domains.Entries.Select(e => e.Key.First.Text));
        AddDomains(domains.Aliases.Entries.Select(e => e.Key.First.Text));
        AddDomains(domains.Forests.Entries.SelectMany(e => (string[])[e.Key.First.Text, e.Key.Second.Text]));
        AddDomains(domains.Trusts.Entries.SelectMany(e => (string[])[e.Key.First.Text, e.Key.Second.Text]));
        AddDomains(domains.Computers.Entries.Select(e => e.Key.Second.Text));
        AddHosts(domains.Addresses.Entries.Where(e => e.Key.Second.Address.IsInternal).Select(e => e.Key.First.Text));
        AddHosts(domains.Names.Entries.Where(e => e.Key.First.Address.IsInternal).Select(e => e.Key.Third.Text));
        AddHosts(hosts.Names.Entries.Where(n => n.Key.Address.IsInternal).SelectMany(n => n.Value.Names.Entries.Select(e => e.Key.Second.Text)));
    }

    /// <summary>Gets what may be asked about an observable, or null if nothing may.</summary>
    public ReputationQuestion? Of(Observable observable) => observable.Kind switch
    {
        IndicatorKind.Address => IpAddress.TryParse(observable.Value, out IpAddress address) && IsPublic(address) ? new(IndicatorKind.Address, address.ToString()) : null,
        IndicatorKind.Domain => Name(observable.Value) is { } name ? new(IndicatorKind.Domain, name) : null,
        IndicatorKind.Sha256 => !observable.IsSample ? null : IocValues.Hex(observable.Value, 64) is { } hash ? new(IndicatorKind.Sha256, hash) : null,
        _ => null,
    };

    // Addresses of 6to4 (RFC 3056) and Teredo (RFC 4380) have others, perhaps private ones, inside.
    private static bool IsPublic(IpAddress address) => address.Class == AddressClass.Public && !CommonValues.Has(address)
        && (address.IsIPv4 || !(address.High >> 48 == 0x2002 || address.High >> 32 == 0x2001_0000));

    // At most one short label beyond the registered domain.
    private string? Name(string value)
    {
        if (IocValues.Domain(value) is not { } name || CommonValues.Has(name) || IsInside(name) || !PublicSuffixes.IsTopLevel(name[(name.LastIndexOf('.') + 1)..])
            || PublicSuffixes.RegisteredDomain(name) is not { } registered)
        {
            return null;
        }

        string host = name.Length == registered.Length ? string.Empty : name[..^(registered.Length + 1)];
        return host.Length is 0 or > LongestHostLabel || host.Contains('.', StringComparison.Ordinal) ? registered : name;
    }

    private bool IsInside(string name)
    {
        if (_insideHosts.Contains(name))
        {
            return true;
        }

        for (int start = 0; start >= 0; start = name.IndexOf('.', start) is >= 0 and var dot ? dot + 1 : -1)
        {
            if (_inside.Contains(name[start..]))
            {
                return true;
            }
        }

        return false;
    }

    private void AddDomains(IEnumerable<string> names) => _inside.UnionWith(names.Select(IocValues.Domain).OfType<string>());

    private void AddHosts(IEnumerable<string> names) => _insideHosts.UnionWith(names.Select(IocValues.Domain).OfType<string>());
}
