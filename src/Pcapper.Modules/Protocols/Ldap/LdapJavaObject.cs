using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>An answer held a Java object or a reference to one (RFC 2713): a client that looks it up by JNDI loads or unpacks it. Texts are raw.</summary>
public sealed record LdapJavaObject : ProtocolRecord
{
    /// <summary>Gets who asked.</summary>
    public required IpAddress Client { get; init; }

    /// <summary>Gets who answered.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets the port of who answered.</summary>
    public required ushort ServerPort { get; init; }

    /// <summary>Gets the entry's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the class of the object, or null.</summary>
    public string? Class { get; init; }

    /// <summary>Gets where classes are to be loaded from, or null.</summary>
    public string? CodeBase { get; init; }

    /// <summary>Gets the class that makes the object, or null.</summary>
    public string? Factory { get; init; }

    /// <summary>Gets how long the serialized object is, or null if there is none.</summary>
    public int? SerializedBytes { get; init; }

    /// <summary>Gets a value indicating whether there are addresses of a reference, which its factory interprets.</summary>
    public bool HasAddresses { get; init; }
}
