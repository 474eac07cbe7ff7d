using System.Collections.Frozen;
using Pcapper.Modules.Data;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>How names are grouped into domains, and which domains are known to look odd without harm.</summary>
internal static class DnsDomains
{
    /// <summary>All reverse look-ups of IPv4 addresses.</summary>
    public const string ReverseV4 = "in-addr.arpa";

    /// <summary>All reverse look-ups of IPv6 addresses.</summary>
    public const string ReverseV6 = "ip6.arpa";

    // Services that are asked by encoding a hash, an address or telemetry into the name, by design (vendors' own documentation).
    private static readonly FrozenSet<string> s_lookups = new[]
    {
        ReverseV4, ReverseV6, "e5.sk", "mcafee.com", "sophosxl.net", "sophosxl.com", "trendmicro.com", "avts.com", "avqs.mcafee.com", "kaspersky-labs.com",
        "spamhaus.org", "spamhaus.net", "cymru.com", "barracudacentral.org", "spamcop.net", "sorbs.net", "surbl.org", "uribl.com", "mailspike.net",
        "dnswl.org", "senderbase.org", "mailshell.net", "webcfs00.com", "rspamd.com", "njabl.org", "dronebl.org", "abuseat.org", "metunet.com",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Content networks and pools that answer with many short-lived addresses, or carry generated names, by design.
    private static readonly FrozenSet<string> s_networks = new[]
    {
        "akadns.net", "akamai.net", "akamaiedge.net", "akamaihd.net", "edgekey.net", "edgesuite.net", "fastly.net", "fastlylb.net", "cloudflare.net",
        "cloudflare.com", "edgecastcdn.net", "azureedge.net", "msedge.net", "trafficmanager.net", "windowsupdate.com", "windows.com", "microsoft.com",
        "google.com", "googleapis.com", "googlevideo.com", "googleusercontent.com", "gstatic.com", "1e100.net", "facebook.com", "fbcdn.net", "apple.com",
        "aaplimg.com", "icloud.com", "mzstatic.com", "amazon.com", "amazonaws.com", "cloudfront.net", "netflix.com", "nflxvideo.net", "llnwi.net",
        "llnwd.net", "footprint.net", "cdn77.org", "stackpathdns.com", "incapdns.net", "impervadns.net", "ntp.org", "root-servers.net", "steamcontent.com",
        "ubuntu.com", "debian.org", "fedoraproject.org", "mirrorservice.org",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Gets the domain a name counts for: the registered one; the whole reverse tree; or the name itself if it is not below a registered domain.</summary>
    public static string Of(string name)
    {
        if (name.EndsWith(".arpa", StringComparison.OrdinalIgnoreCase))
        {
            return name.EndsWith(ReverseV4, StringComparison.OrdinalIgnoreCase) ? ReverseV4
                : name.EndsWith(ReverseV6, StringComparison.OrdinalIgnoreCase) ? ReverseV6
                : "arpa";
        }

        return PublicSuffixes.RegisteredDomain(name) ?? (name.Length == 0 ? "." : name.ToLowerInvariant());
    }

    /// <summary>Gets what stands left of the domain in a name, without the dot between them.</summary>
    public static ReadOnlySpan<char> LeftOf(string name, string domain)
    {
        ReadOnlySpan<char> whole = name.AsSpan().TrimEnd('.');
        return whole.Length > domain.Length + 1 ? whole[..(whole.Length - domain.Length - 1)] : default;
    }

    /// <summary>Tells whether a domain is asked with generated names by design.</summary>
    public static bool IsLookup(string domain) => s_lookups.Contains(domain);

    /// <summary>Tells whether a domain belongs to a content network or pool.</summary>
    public static bool IsNetwork(string domain) => s_networks.Contains(domain);
}
