namespace Pcapper.Modules.Analyses.Udp;

/// <summary>Protocols whose servers answer small requests with much (US-CERT TA14-017A, "UDP-Based Amplification Attacks").</summary>
internal static class Reflectors
{
    private static readonly Dictionary<ushort, string> s_names = new()
    {
        [17] = "qotd",
        [19] = "chargen",
        [53] = "dns",
        [69] = "tftp",
        [111] = "portmap",
        [123] = "ntp",
        [137] = "netbios",
        [161] = "snmp",
        [389] = "cldap",
        [427] = "slp",
        [520] = "rip",
        [1434] = "mssql",
        [1900] = "ssdp",
        [3283] = "apple remote desktop",
        [3702] = "ws-discovery",
        [5353] = "mdns",
        [5683] = "coap",
        [10001] = "ubiquiti discovery",
        [11211] = "memcached",
        [27015] = "steam",
        [27960] = "quake",
        [37810] = "dahua discovery",
    };

    /// <summary>Gets the protocol of a port that can be made to reflect, or null.</summary>
    public static string? Of(ushort port) => s_names.GetValueOrDefault(port);
}
