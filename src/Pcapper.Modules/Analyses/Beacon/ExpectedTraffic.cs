using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>
/// What is regular by design: by ports, and by the names that operating systems and browsers turn to by themselves. Names are the vendors'
/// own, never those of clouds or content networks, where anybody can be.
/// </summary>
internal static class ExpectedTraffic
{
    private static readonly Dictionary<ushort, string> s_ports = new()
    {
        [25] = "mail",
        [110] = "mail",
        [143] = "mail",
        [465] = "mail",
        [587] = "mail",
        [993] = "mail",
        [995] = "mail",
        [4190] = "mail",
        [67] = "DHCP leases (RFC 2131)",
        [68] = "DHCP leases (RFC 2131)",
        [546] = "DHCPv6 leases (RFC 8415)",
        [547] = "DHCPv6 leases (RFC 8415)",
        [123] = "clocks: NTP polls at 2^n seconds (RFC 5905)",
        [137] = "NetBIOS names",
        [138] = "NetBIOS datagrams",
        [1900] = "SSDP announcements",
        [3702] = "WS-Discovery",
        [5353] = "multicast DNS (RFC 6762)",
        [5355] = "LLMNR (RFC 4795)",
        [500] = "VPN: IKE",
        [4500] = "VPN: NAT keep-alives every 20 s (RFC 3948)",
        [1194] = "VPN: OpenVPN pings",
        [51820] = "VPN: WireGuard keep-alives",
        [3478] = "STUN bindings (RFC 8489)",
        [3479] = "STUN bindings (RFC 8489)",
        [19302] = "STUN bindings (RFC 8489)",
        [5222] = "XMPP (RFC 6120)",
        [5223] = "push messages (Apple)",
        [5228] = "push messages (Google FCM)",
        [5229] = "push messages (Google FCM)",
        [5230] = "push messages (Google FCM)",
        [1883] = "MQTT pings",
        [8883] = "MQTT pings",
        [853] = "DNS over TLS",
    };

    private static readonly (string Domain, string Why)[] s_domains =
    [
        // Whether there is a network: documented by Microsoft (NCSI), Google, Apple, Mozilla, GNOME, Ubuntu.
        ("msftconnecttest.com", "whether there is a network"), ("msftncsi.com", "whether there is a network"), ("connectivitycheck.gstatic.com", "whether there is a network"),
        ("captive.apple.com", "whether there is a network"), ("detectportal.firefox.com", "whether there is a network"), ("nmcheck.gnome.org", "whether there is a network"),
        ("connectivity-check.ubuntu.com", "whether there is a network"),

        // Microsoft Learn, "Manage connection endpoints for Windows": diagnostic data, settings, push notifications, updates.
        ("events.data.microsoft.com", "Windows telemetry"), ("vortex.data.microsoft.com", "Windows telemetry"), ("settings-win.data.microsoft.com", "Windows telemetry"),
        ("watson.telemetry.microsoft.com", "Windows telemetry"), ("wns.windows.com", "push messages"), ("windowsupdate.com", "updates"), ("update.microsoft.com", "updates"),
        ("delivery.mp.microsoft.com", "updates"), ("time.windows.com", "clocks"),

        // Apple Support, "Use Apple products on enterprise networks".
        ("push.apple.com", "push messages"), ("time.apple.com", "clocks"), ("xp.apple.com", "Apple telemetry"), ("mesu.apple.com", "updates"),

        // Google Chrome Enterprise, "Allowlist hostnames"; Mozilla Support, "Firefox makes unrequested connections".
        ("mtalk.google.com", "push messages"), ("update.googleapis.com", "updates"), ("safebrowsing.googleapis.com", "browser lists"), ("clients2.google.com", "updates"),
        ("push.services.mozilla.com", "push messages"), ("telemetry.mozilla.org", "Firefox telemetry"), ("services.mozilla.com", "browser lists"),
        ("ntp.org", "clocks"), ("motd.ubuntu.com", "updates"), ("daisy.ubuntu.com", "Ubuntu telemetry"),
    ];

    private static readonly string[] s_revocation = ["ocsp.", "ocsp2.", "crl.", "crl3.", "crl4."];

    /// <summary>Finds why a candidate's traffic is expected; null if it is not. The user's list goes first.</summary>
    public static ExpectedRule? Of(BeaconCandidate candidate, AllowList allow)
    {
        string[] names = candidate.Name is { } own ? [own] : [.. candidate.OtherNames];
        if (candidate.Servers.Count > 0 && Array.TrueForAll([.. candidate.Servers], s => allow.Find(s.Address) is not null))
        {
            return new ExpectedRule(allow.Find(candidate.Servers[0].Address)!, "--allow");
        }

        if (names.Length > 0 && Array.TrueForAll(names, n => allow.Find(n) is not null || ByName(n) is not null))
        {
            return allow.Find(names[0]) is { } entry ? new ExpectedRule(entry, "--allow") : ByName(names[0]);
        }

        return candidate.Servers.Count > 0 && candidate.Servers.All(s => s_ports.ContainsKey(s.Port))
            ? new ExpectedRule(string.Create(CultureInfo.InvariantCulture, $"port {candidate.Servers[0].Port}"), s_ports[candidate.Servers[0].Port])
            : null;
    }

    private static ExpectedRule? ByName(string name)
    {
        foreach ((string domain, string why) in s_domains)
        {
            if (name.EndsWith(domain, StringComparison.Ordinal) && (name.Length == domain.Length || name[^(domain.Length + 1)] == '.'))
            {
                return new ExpectedRule(domain, why);
            }
        }

        return Array.Find(s_revocation, start => name.StartsWith(start, StringComparison.Ordinal)) is { } revocation
            ? new ExpectedRule(revocation + "*", "whether certificates are revoked (RFC 6960, RFC 5280)")
            : null;
    }
}
