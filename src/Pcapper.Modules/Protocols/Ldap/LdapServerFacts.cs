using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>A directory server told about itself: its root entry (RFC 4512, 5.1), or the answer to a domain controller ping (MS-ADTS, 6.3). Texts are raw.</summary>
public sealed record LdapServerFacts : ProtocolRecord
{
    /// <summary>Gets the server.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets a value indicating whether it answered a domain controller ping.</summary>
    public bool IsPing { get; init; }

    /// <summary>Gets its DNS name, or null.</summary>
    public string? HostName { get; init; }

    /// <summary>Gets the DNS name of its domain, or null.</summary>
    public string? Domain { get; init; }

    /// <summary>Gets the DNS name of its forest, or null.</summary>
    public string? Forest { get; init; }

    /// <summary>Gets its site, or null.</summary>
    public string? Site { get; init; }

    /// <summary>Gets the site it assigns to the client, or null.</summary>
    public string? ClientSite { get; init; }

    /// <summary>Gets the NetBIOS name of its domain, or null.</summary>
    public string? NetbiosDomain { get; init; }

    /// <summary>Gets its NetBIOS name, or null.</summary>
    public string? NetbiosName { get; init; }

    /// <summary>Gets the kind of the software, or null: the vendor's name and version, or the functional level.</summary>
    public string? Software { get; init; }

    /// <summary>Gets the SASL mechanisms it offers.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = [];

    /// <summary>Gets what the answer to a ping says that the server does (DS_FLAG, MS-ADTS, 6.3.1.2), or null.</summary>
    public uint? Roles { get; init; }

    /// <summary>Gets a value indicating whether the root entry is one that only a domain controller has.</summary>
    public bool IsActiveDirectory { get; init; }

    /// <summary>Gets whom it was told.</summary>
    public IpAddress Client => Server == Flow.Originator ? Flow.Responder : Flow.Originator;

    /// <summary>Gets a value indicating whether it says anything.</summary>
    public bool SaysSomething => (HostName ?? Domain ?? Forest ?? Site ?? NetbiosDomain ?? Software) is not null || Mechanisms.Count > 0 || IsActiveDirectory;
}
