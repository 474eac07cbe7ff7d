namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Which of the protocols that share the DNS message format it is.</summary>
public enum DnsKind : byte
{
    /// <summary>DNS (RFC 1035).</summary>
    Dns,

    /// <summary>Multicast DNS (RFC 6762).</summary>
    Mdns,

    /// <summary>Link-local multicast name resolution (RFC 4795).</summary>
    Llmnr,
}
