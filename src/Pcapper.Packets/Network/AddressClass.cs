namespace Pcapper.Packets;

/// <summary>What an IP address is for (RFC 6890 and IANA's special-purpose registries).</summary>
public enum AddressClass
{
    /// <summary>Routed on the Internet.</summary>
    Public,

    /// <summary>Private use (RFC 1918), shared space (RFC 6598) or unique local (RFC 4193).</summary>
    Private,

    /// <summary>This host.</summary>
    Loopback,

    /// <summary>This link (RFC 3927, fe80::/10).</summary>
    LinkLocal,

    /// <summary>A group.</summary>
    Multicast,

    /// <summary>255.255.255.255.</summary>
    Broadcast,

    /// <summary>All zeros.</summary>
    Unspecified,

    /// <summary>Documentation (RFC 5737, RFC 3849).</summary>
    Documentation,

    /// <summary>Reserved for other purposes.</summary>
    Reserved,
}
