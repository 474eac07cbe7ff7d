namespace Pcapper.Packets;

/// <summary>How a packet is carried inside another.</summary>
public enum TunnelKind : byte
{
    /// <summary>Not in a tunnel.</summary>
    None,

    /// <summary>GRE or NVGRE.</summary>
    Gre,

    /// <summary>ERSPAN: a mirrored port.</summary>
    Erspan,

    /// <summary>VXLAN.</summary>
    Vxlan,

    /// <summary>Geneve.</summary>
    Geneve,

    /// <summary>GTP user plane.</summary>
    GtpU,

    /// <summary>IPv4 or IPv6 directly in IP (RFC 2003, RFC 4213, RFC 2473).</summary>
    IpInIp,

    /// <summary>Teredo (RFC 4380).</summary>
    Teredo,

    /// <summary>MPLS in IP (RFC 4023) or in UDP (RFC 7510).</summary>
    MplsInIp,
}
