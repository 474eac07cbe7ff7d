namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>A domain that a server trusts or is trusted by, or its own (DS_DOMAIN_TRUSTSW; MS-NRPC, 2.2.1.6.2). Texts are raw.</summary>
/// <param name="NetbiosName">The NetBIOS name, or empty.</param>
/// <param name="DnsName">The DNS name, or empty.</param>
/// <param name="Flags">What it is to the server's domain.</param>
/// <param name="Attributes">The flags of the trust (TRUST_ATTRIBUTE; MS-ADTS, 6.1.6.7.9).</param>
public readonly record struct NetlogonDomain(string NetbiosName, string DnsName, uint Flags, uint Attributes)
{
    private const uint Outbound = 0x2;
    private const uint Primary = 0x8;
    private const uint Inbound = 0x20;

    /// <summary>Gets a value indicating whether it is the server's own domain.</summary>
    public bool IsPrimary => (Flags & Primary) != 0;

    /// <summary>Gets a value indicating whether its users may enter the server's domain.</summary>
    public bool IsTrusted => (Flags & Outbound) != 0;

    /// <summary>Gets a value indicating whether the server's domain's users may enter it.</summary>
    public bool IsTrusting => (Flags & Inbound) != 0;
}
