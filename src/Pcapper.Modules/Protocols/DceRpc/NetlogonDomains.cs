using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>A server listed the domains that it knows (DsrEnumerateDomainTrusts; MS-NRPC, 3.5.4.7.1). Frame and time are the answer's.</summary>
public sealed record NetlogonDomains : ProtocolRecord
{
    /// <summary>Gets the server.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets the domains.</summary>
    public required IReadOnlyList<NetlogonDomain> Domains { get; init; }
}
