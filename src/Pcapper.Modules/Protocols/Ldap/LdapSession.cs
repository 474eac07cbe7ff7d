using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>How one LDAP connection was protected; stated when it ends, or turns to TLS.</summary>
public sealed record LdapSession : ProtocolRecord
{
    /// <summary>Gets who asked.</summary>
    public required IpAddress Client { get; init; }

    /// <summary>Gets who was asked.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets the messages that could be read.</summary>
    public required long Messages { get; init; }

    /// <summary>Gets the SASL buffers that were encrypted.</summary>
    public required long Sealed { get; init; }

    /// <summary>Gets the bytes of those.</summary>
    public required long SealedBytes { get; init; }

    /// <summary>Gets the SASL buffers that were signed only, and so were read.</summary>
    public required long Signed { get; init; }

    /// <summary>Gets a value indicating whether it turned to TLS.</summary>
    public required bool IsTls { get; init; }
}
