namespace Pcapper.Modules.Protocols.Http;

/// <summary>Programs told by their user agent.</summary>
internal static class HttpTools
{
    // Needles in lower case; all are names that the programs give themselves unless told otherwise.
    private static readonly (string Needle, string Name)[] s_scanners =
    [
        ("sqlmap", "sqlmap"), ("nikto", "Nikto"), ("nmap scripting engine", "Nmap"), ("masscan", "masscan"), ("zgrab", "ZGrab"), ("gobuster", "Gobuster"), ("dirbuster", "DirBuster"),
        ("wpscan", "WPScan"), ("feroxbuster", "feroxbuster"), ("fuzz faster u fool", "ffuf"), ("nuclei - open-source", "Nuclei"), ("nuclei/", "Nuclei"), ("acunetix", "Acunetix"), ("nessus", "Nessus"),
        ("openvas", "OpenVAS"), ("arachni", "Arachni"), ("w3af", "w3af"), ("wfuzz", "Wfuzz"), ("(hydra)", "Hydra"), ("zmeu", "ZmEu"), ("morfeus", "Morfeus"), ("jorgee", "Jorgee"), ("whatweb", "WhatWeb"),
        ("muieblackcat", "Muieblackcat"), ("havij", "Havij"), ("netsparker", "Netsparker"), ("libredtail-http", "RedTail"), ("l9explore", "LeakIX"), ("l9tcpid", "LeakIX"), ("commix", "commix"),
        ("httpx - open-source project", "httpx"), ("joomscan", "JoomScan"), ("dirsearch", "dirsearch"), ("skipfish", "skipfish"), ("hello, world", "IoT botnet"), ("hello, world!", "IoT botnet"),
    ];

    private static readonly (string Needle, string Name, bool IsOfWindows)[] s_fetchers =
    [
        ("windowspowershell", "PowerShell", true), ("powershell/", "PowerShell", true), ("certutil", "certutil", true), ("microsoft-cryptoapi", "CryptoAPI (certutil)", true), ("microsoft bits", "BITS", true),
        ("bitsadmin", "bitsadmin", true), ("winhttp", "WinHTTP", true), ("mshta", "mshta", true), ("microsoft office", "Microsoft Office", true), ("curl/", "curl", false), ("wget", "wget", false),
        ("python-requests", "Python", false), ("python-urllib", "Python", false), ("aiohttp", "Python", false), ("go-http-client", "Go", false), ("libwww-perl", "Perl", false), ("lwp::", "Perl", false),
        ("java/", "Java", false), ("autoit", "AutoIt", false), ("busybox", "BusyBox", false), ("nsis", "NSIS", false), ("aria2", "aria2", false),
    ];

    // Update services that legitimately send programs over plain HTTP to such agents; registered domains.
    private static readonly HashSet<string> s_updates = new(StringComparer.OrdinalIgnoreCase)
    {
        "windowsupdate.com", "microsoft.com", "gvt1.com", "google.com", "adobe.com", "mozilla.net", "mozilla.org", "apple.com", "nvidia.com", "dell.com", "hp.com", "lenovo.com", "ubuntu.com", "debian.org",
        "fedoraproject.org", "centos.org", "archlinux.org", "kaspersky.com", "avast.com", "avcdn.net", "bitdefender.net", "steamcontent.com", "msedge.net",
    };

    /// <summary>Names the scanner that an agent is, or null.</summary>
    public static string? Scanner(string? agent)
    {
        if (string.IsNullOrEmpty(agent))
        {
            return null;
        }

        string lower = agent.ToLowerInvariant();
        foreach ((string needle, string name) in s_scanners)
        {
            // "Hello, World" is the whole agent of the botnets; the others are parts of theirs.
            if (name == "IoT botnet" ? lower == needle : lower.Contains(needle, StringComparison.Ordinal))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Names the program that fetches without a person in front of it; null for browsers and unknown ones.</summary>
    public static (string Name, bool IsOfWindows)? Fetcher(string? agent)
    {
        if (string.IsNullOrWhiteSpace(agent))
        {
            return ("no user agent", false);
        }

        string lower = agent.ToLowerInvariant();
        foreach ((string needle, string name, bool isOfWindows) in s_fetchers)
        {
            if (lower.Contains(needle, StringComparison.Ordinal))
            {
                return (name, isOfWindows);
            }
        }

        return null;
    }

    /// <summary>Tells whether a host belongs to a well-known update service.</summary>
    public static bool IsUpdateHost(string? host) => host is not null && Data.PublicSuffixes.RegisteredDomain(host) is string domain && s_updates.Contains(domain);
}
