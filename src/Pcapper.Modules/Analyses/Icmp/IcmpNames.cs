namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>What types and codes mean (IANA, "ICMP Parameters" and "ICMPv6 Parameters").</summary>
internal static class IcmpNames
{
    private static readonly string[] s_unreachable =
    [
        "network unreachable", "host unreachable", "protocol unreachable", "port unreachable", "fragmentation needed", "source route failed", "network unknown", "host unknown",
        "source isolated", "network prohibited", "host prohibited", "network unreachable for service", "host unreachable for service", "administratively prohibited", "precedence violation", "precedence cutoff",
    ];

    private static readonly string[] s_unreachableV6 =
        ["no route", "administratively prohibited", "beyond scope of source", "address unreachable", "port unreachable", "source address failed policy", "route rejected", "source route error"];

    public static string Of(bool isV6, byte type, byte code) => isV6 ? OfV6(type, code) : type switch
    {
        0 => "echo reply",
        3 => code < s_unreachable.Length ? s_unreachable[code] : "destination unreachable",
        4 => "source quench",
        5 => "redirect",
        8 => "echo request",
        9 => "router advertisement",
        10 => "router solicitation",
        11 => code == 0 ? "time to live exceeded" : "fragment reassembly time exceeded",
        12 => "parameter problem",
        13 => "timestamp request",
        14 => "timestamp reply",
        15 => "information request",
        16 => "information reply",
        17 => "address mask request",
        18 => "address mask reply",
        30 => "traceroute",
        42 => "extended echo request",
        43 => "extended echo reply",
        _ => "unassigned or deprecated",
    };

    private static string OfV6(byte type, byte code) => type switch
    {
        1 => code < s_unreachableV6.Length ? s_unreachableV6[code] : "destination unreachable",
        2 => "packet too big",
        3 => code == 0 ? "hop limit exceeded" : "fragment reassembly time exceeded",
        4 => "parameter problem",
        128 => "echo request",
        129 => "echo reply",
        130 => "multicast listener query",
        131 => "multicast listener report",
        132 => "multicast listener done",
        133 => "router solicitation",
        134 => "router advertisement",
        135 => "neighbor solicitation",
        136 => "neighbor advertisement",
        137 => "redirect",
        139 => "node information query",
        140 => "node information reply",
        143 => "multicast listener report, version 2",
        _ => "unassigned, or rare",
    };
}
