using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>What is no use to anybody else, or would block what everybody uses.</summary>
internal static class CommonValues
{
    // Public resolvers, as their operators document them: Cloudflare, Google, Quad9, OpenDNS, Level 3, Verisign.
    private static readonly HashSet<IpAddress> s_resolvers =
    [
        .. ((string[])[
            "1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "149.112.112.112", "208.67.222.222", "208.67.220.220", "4.2.2.1", "4.2.2.2", "64.6.64.6", "64.6.65.6",
            "2606:4700:4700::1111", "2606:4700:4700::1001", "2001:4860:4860::8888", "2001:4860:4860::8844", "2620:fe::fe", "2620:fe::9",
        ]).Select(IpAddress.Parse),
    ];

    // Domains that are not of the public DNS (RFC 6761, RFC 6762, RFC 8375, and what ICANN keeps out for its private use).
    private static readonly string[] s_inside = ["local", "localhost", "localdomain", "lan", "home", "internal", "intranet", "corp", "private", "workgroup", "arpa", "invalid", "test"];

    // What operating systems and browsers ask for by themselves, to see whether there is a network and what time it is.
    private static readonly string[] s_everywhere =
    [
        "msftconnecttest.com", "msftncsi.com", "connectivitycheck.gstatic.com", "connectivity-check.ubuntu.com", "captive.apple.com", "detectportal.firefox.com", "nmcheck.gnome.org",
        "time.windows.com", "time.apple.com", "ntp.org", "ctldl.windowsupdate.com",
    ];

    /// <summary>Tells whether an address is of the inside, of nobody, or of everybody. Documentation addresses count as any other.</summary>
    public static bool Has(IpAddress address) => address.Class is not (AddressClass.Public or AddressClass.Documentation) || s_resolvers.Contains(address);

    /// <summary>Tells whether a name, in its one spelling, is.</summary>
    public static bool Has(string name) => Array.Exists(s_inside, top => IsBelow(name, top)) || Array.Exists(s_everywhere, domain => IsBelow(name, domain)) || name.StartsWith("wpad.", StringComparison.Ordinal) || name.StartsWith("isatap.", StringComparison.Ordinal);

    /// <summary>Tells whether an observable is.</summary>
    public static bool Has(IndicatorKind kind, string value) => kind switch
    {
        IndicatorKind.Address => !IpAddress.TryParse(value, out IpAddress address) || Has(address),
        IndicatorKind.Domain => Has(value),
        IndicatorKind.Url => HasHost(IocValues.HostOf(value)),
        IndicatorKind.Email => Has(value[(value.LastIndexOf('@') + 1)..]),
        _ => false,
    };

    private static bool HasHost(string host) => IpAddress.TryParse(host, out IpAddress address) ? Has(address) : IocValues.Domain(host) is not { } name || Has(name);

    private static bool IsBelow(string name, string domain)
        => name.EndsWith(domain, StringComparison.Ordinal) && (name.Length == domain.Length || name[^(domain.Length + 1)] == '.');
}
