using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>A request with how it went, a request without answer, or an answer whose request was not captured. Texts are raw.</summary>
public sealed record LdapOperation : ProtocolRecord
{
    /// <summary>Gets the number that pairs answers with requests.</summary>
    public required long MessageId { get; init; }

    /// <summary>Gets what was asked.</summary>
    public required LdapOperationKind Kind { get; init; }

    /// <summary>Gets who asked.</summary>
    public required IpAddress Client { get; init; }

    /// <summary>Gets who was asked.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets a value indicating whether the request was captured.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Gets a value indicating whether it came in a datagram (CLDAP).</summary>
    public bool IsDatagram { get; init; }

    /// <summary>Gets the protocol version of a bind.</summary>
    public int? Version { get; init; }

    /// <summary>Gets the entry that it is about: who binds, what is changed or searched; of an extended request its identifier.</summary>
    public string Object { get; init; } = string.Empty;

    /// <summary>Gets the mechanism of a bind: <c>simple</c>, <c>GSS-SPNEGO</c>.</summary>
    public string? Mechanism { get; init; }

    /// <summary>Gets how long the password of a simple bind is, or null.</summary>
    public int? PasswordLength { get; init; }

    /// <summary>Gets the attributes that a modification, addition or comparison names, a few and those that matter, or the new name of a moved entry.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Gets the search, or null.</summary>
    public LdapSearch? Search { get; init; }

    /// <summary>Gets how it went, or null if no answer was captured.</summary>
    public LdapResult? Result { get; init; }

    /// <summary>Gets a value indicating whether it is a bind with a password that can be read.</summary>
    public bool IsSimplePassword => Kind == LdapOperationKind.Bind && PasswordLength > 0;
}
