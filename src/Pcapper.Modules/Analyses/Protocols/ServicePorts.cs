using System.Collections.Frozen;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>What servers on a port usually speak (IANA "Service Name and Transport Protocol Port Number Registry", and common practice).</summary>
internal static class ServicePorts
{
    private static readonly FrozenDictionary<ushort, string> s_usual = new Dictionary<ushort, string>
    {
        [20] = "ftp-data",
        [21] = "ftp",
        [22] = "ssh",
        [23] = "telnet",
        [25] = "smtp",
        [53] = "dns",
        [67] = "dhcp",
        [68] = "dhcp",
        [69] = "tftp",
        [80] = "http",
        [88] = "kerberos",
        [102] = "iso-tsap",
        [110] = "pop3",
        [111] = "rpc",
        [123] = "ntp",
        [135] = "dce_rpc",
        [137] = "netbios-ns",
        [138] = "netbios-dgm",
        [139] = "smb",
        [143] = "imap",
        [161] = "snmp",
        [162] = "snmp",
        [179] = "bgp",
        [389] = "ldap",
        [443] = "tls",
        [445] = "smb",
        [465] = "tls",
        [500] = "ike",
        [502] = "modbus",
        [514] = "syslog",
        [515] = "lpd",
        [554] = "rtsp",
        [587] = "smtp",
        [636] = "tls",
        [853] = "tls",
        [873] = "rsync",
        [990] = "tls",
        [993] = "tls",
        [995] = "tls",
        [1080] = "socks",
        [1433] = "mssql",
        [1521] = "oracle",
        [1812] = "radius",
        [1883] = "mqtt",
        [2049] = "nfs",
        [2404] = "iec104",
        [3128] = "http",
        [3268] = "ldap",
        [3269] = "tls",
        [3306] = "mysql",
        [3389] = "rdp",
        [4840] = "opcua",
        [5060] = "sip",
        [5061] = "tls",
        [5353] = "dns",
        [5355] = "dns",
        [5432] = "postgresql",
        [5900] = "vnc",
        [5985] = "http",
        [5986] = "tls",
        [6379] = "redis",
        [8000] = "http",
        [8008] = "http",
        [8080] = "http",
        [8443] = "tls",
        [8883] = "tls",
        [8888] = "http",
        [9200] = "http",
        [20000] = "dnp3",
        [27017] = "mongodb",
        [44818] = "enip",
        [47808] = "bacnet",
    }.ToFrozenDictionary();

    /// <summary>Gets what is usual on a port, or null.</summary>
    public static string? Usual(ushort port) => s_usual.GetValueOrDefault(port);

    /// <summary>Tells whether a protocol fits a port: it is usual there, or nothing is, or it is what the usual one is carried by or turns into.</summary>
    public static bool Fits(string protocol, ushort port, IpProtocol transport) => Usual(port) switch
    {
        null => true,
        var usual when usual == protocol => true,
        "tls" => protocol is "quic" or "dtls" or "http2",
        "http" => protocol is "http2" or "websocket" or "quic",
        "dns" => transport == IpProtocol.Udp && protocol == "dtls",
        "rdp" or "sip" => protocol is "tls" or "dtls",
        _ => false,
    };
}
