namespace Pcapper.Modules.Analyses.Domain;

/// <summary>The name of a record by which clients find domain controllers (MS-ADTS, 6.3.2.3), taken apart.</summary>
/// <param name="Domain">The domain; of a global catalog the forest. Lower case.</param>
/// <param name="Site">The site, or null.</param>
/// <param name="Role">The DS_FLAG bit that it says, or null.</param>
/// <param name="IsController">Whether only domain controllers have it: those below <c>_msdcs</c>.</param>
internal readonly record struct LocatorName(string Domain, string? Site, int? Role, bool IsController)
{
    private const string Mark = "._msdcs.";

    /// <summary>Takes apart <c>_ldap._tcp.site._sites.dc._msdcs.corp.example</c>; null if it is no such name.</summary>
    public static LocatorName? Of(string name)
    {
        name = name.ToLowerInvariant();
        int role = name.StartsWith("_ldap._tcp.", StringComparison.Ordinal) ? -1
            : name.StartsWith("_kerberos._tcp.", StringComparison.Ordinal) || name.StartsWith("_kerberos._udp.", StringComparison.Ordinal) ? DomainWords.KeyDistributionCenter
            : name.StartsWith("_gc._tcp.", StringComparison.Ordinal) ? DomainWords.GlobalCatalog
            : -2;
        if (role == -2)
        {
            return null;
        }

        string rest = name[(name.IndexOf('.', name.IndexOf('.', StringComparison.Ordinal) + 1) + 1)..];
        string? site = null;
        if (rest.IndexOf("._sites.", StringComparison.Ordinal) is > 0 and var sites && !rest[..sites].Contains('.', StringComparison.Ordinal))
        {
            site = rest[..sites];
            rest = rest[(sites + "._sites.".Length)..];
        }

        int mark = rest.IndexOf(Mark, StringComparison.Ordinal);
        if (mark < 0)
        {
            return rest.Length == 0 || rest.Contains('_', StringComparison.Ordinal) ? null : new LocatorName(rest, site, role < 0 ? null : role, false);
        }

        // dc, pdc, gc, or the GUID of a domain in .domains; of the last the domain itself is not told.
        string kind = rest[..mark];
        string domain = rest[(mark + Mark.Length)..];
        return domain.Length == 0 || kind.EndsWith(".domains", StringComparison.Ordinal) ? null : kind switch
        {
            "dc" => new LocatorName(domain, site, role < 0 ? null : role, true),
            "pdc" => new LocatorName(domain, site, DomainWords.Primary, true),
            "gc" => new LocatorName(domain, site, DomainWords.GlobalCatalog, true),
            _ => null,
        };
    }
}
