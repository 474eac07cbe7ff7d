namespace Pcapper.Modules.Analyses.Ips;

/// <summary>What a host is in its network.</summary>
public enum HostRole
{
    /// <summary>It hands out addresses.</summary>
    DhcpServer,

    /// <summary>It answers DNS queries.</summary>
    DnsServer,

    /// <summary>It answers NTP queries.</summary>
    TimeServer,
}
