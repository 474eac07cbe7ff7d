using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>A directory showed an entry of a domain that its own trusts, or is trusted by (MS-ADTS, 6.1.6.7). Texts are raw.</summary>
public sealed record LdapTrust : ProtocolRecord
{
    /// <summary>This domain's users may enter the partner.</summary>
    public const int Inbound = 1;

    /// <summary>The partner's users may enter this domain.</summary>
    public const int Outbound = 2;

    /// <summary>Gets the server.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets the DNS name of the domain in whose directory the entry is, or null.</summary>
    public string? Domain { get; init; }

    /// <summary>Gets the partner's name: the DNS name, of an old domain the NetBIOS name.</summary>
    public string Partner { get; init; } = string.Empty;

    /// <summary>Gets the partner's NetBIOS name, or null.</summary>
    public string? FlatName { get; init; }

    /// <summary>Gets the direction, a sum of <see cref="Inbound"/> and <see cref="Outbound"/>, or null if it was not asked for.</summary>
    public int? TrustDirection { get; init; }

    /// <summary>Gets the kind of partner: 1 old domain, 2 Active Directory, 3 other Kerberos realm; or null.</summary>
    public int? TrustType { get; init; }

    /// <summary>Gets the flags (MS-ADTS, 6.1.6.7.9), or null.</summary>
    public int? Attributes { get; init; }
}
