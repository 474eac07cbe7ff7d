using System.Globalization;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Names of DNS numbers (IANA, "Domain Name System (DNS) Parameters").</summary>
public static class DnsNames
{
    private static readonly Dictionary<ushort, string> s_types = new()
    {
        [1] = "A",
        [2] = "NS",
        [3] = "MD",
        [4] = "MF",
        [5] = "CNAME",
        [6] = "SOA",
        [7] = "MB",
        [8] = "MG",
        [9] = "MR",
        [10] = "NULL",
        [11] = "WKS",
        [12] = "PTR",
        [13] = "HINFO",
        [14] = "MINFO",
        [15] = "MX",
        [16] = "TXT",
        [17] = "RP",
        [18] = "AFSDB",
        [19] = "X25",
        [20] = "ISDN",
        [21] = "RT",
        [22] = "NSAP",
        [23] = "NSAP-PTR",
        [24] = "SIG",
        [25] = "KEY",
        [26] = "PX",
        [27] = "GPOS",
        [28] = "AAAA",
        [29] = "LOC",
        [30] = "NXT",
        [31] = "EID",
        [32] = "NB",
        [33] = "SRV",
        [34] = "ATMA",
        [35] = "NAPTR",
        [36] = "KX",
        [37] = "CERT",
        [38] = "A6",
        [39] = "DNAME",
        [40] = "SINK",
        [41] = "OPT",
        [42] = "APL",
        [43] = "DS",
        [44] = "SSHFP",
        [45] = "IPSECKEY",
        [46] = "RRSIG",
        [47] = "NSEC",
        [48] = "DNSKEY",
        [49] = "DHCID",
        [50] = "NSEC3",
        [51] = "NSEC3PARAM",
        [52] = "TLSA",
        [53] = "SMIMEA",
        [55] = "HIP",
        [59] = "CDS",
        [60] = "CDNSKEY",
        [61] = "OPENPGPKEY",
        [62] = "CSYNC",
        [63] = "ZONEMD",
        [64] = "SVCB",
        [65] = "HTTPS",
        [99] = "SPF",
        [108] = "EUI48",
        [109] = "EUI64",
        [249] = "TKEY",
        [250] = "TSIG",
        [251] = "IXFR",
        [252] = "AXFR",
        [253] = "MAILB",
        [254] = "MAILA",
        [255] = "ANY",
        [256] = "URI",
        [257] = "CAA",
        [32768] = "TA",
        [32769] = "DLV",
        [65399] = "PRIVATE",
    };

    private static readonly string[] s_rcodes =
    [
        "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE", "DSOTYPENI",
        "unassigned-12", "unassigned-13", "unassigned-14", "unassigned-15", "BADVERS", "BADKEY", "BADTIME", "BADMODE", "BADNAME", "BADALG", "BADTRUNC", "BADCOOKIE",
    ];

    private static readonly string[] s_opcodes = ["query", "iquery", "status", "opcode-3", "notify", "update", "dso"];

    /// <summary>Gets the name of a type, <c>TYPE65400</c> (RFC 3597) if it has none.</summary>
    public static string Type(ushort type) => s_types.TryGetValue(type, out string? name) ? name : string.Create(CultureInfo.InvariantCulture, $"TYPE{type}");

    /// <summary>Tells whether a type has a name.</summary>
    public static bool IsKnownType(ushort type) => s_types.ContainsKey(type);

    /// <summary>Gets the name of a response code.</summary>
    public static string Rcode(int rcode) => rcode < s_rcodes.Length ? s_rcodes[rcode] : string.Create(CultureInfo.InvariantCulture, $"RCODE{rcode}");

    /// <summary>Gets the name of an opcode.</summary>
    public static string Opcode(int opcode) => opcode < s_opcodes.Length ? s_opcodes[opcode] : string.Create(CultureInfo.InvariantCulture, $"opcode-{opcode}");

    /// <summary>Gets Zeek's name of a class.</summary>
    public static string Class(ushort number) => number switch
    {
        1 => "C_INTERNET",
        2 => "C_CSNET",
        3 => "C_CHAOS",
        4 => "C_HESIOD",
        254 => "C_NONE",
        255 => "C_ANY",
        _ => string.Create(CultureInfo.InvariantCulture, $"qclass-{number}"),
    };
}
