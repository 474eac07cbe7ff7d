using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>A request with its reply, a request that got none, or a reply whose request was not captured.</summary>
public sealed record KerberosExchange : ProtocolRecord
{
    /// <summary>Gets the request, or null.</summary>
    public KerberosRequest? Request { get; init; }

    /// <summary>Gets the reply, or null.</summary>
    public KerberosReply? Reply { get; init; }

    /// <summary>Gets who asked.</summary>
    public required IpAddress Client { get; init; }

    /// <summary>Gets who was asked.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets the protocol that carried it: <c>kerberos</c> for a key distribution center, else <c>smb</c>, <c>ldap</c>, <c>http</c> and so on.</summary>
    public required string Carrier { get; init; }

    /// <summary>Gets the request's type, or what the reply tells of it; null for an error alone.</summary>
    public KerberosMessageType? Type => Request?.Type ?? Reply?.Type switch
    {
        KerberosMessageType.AsReply => KerberosMessageType.AsRequest,
        KerberosMessageType.TgsReply => KerberosMessageType.TgsRequest,
        KerberosMessageType.ApReply => KerberosMessageType.ApRequest,
        _ => null,
    };

    /// <summary>Gets the client's principal, from the request or else the reply: <c>alice/EXAMPLE.COM</c>.</summary>
    public string? Principal => Request?.Client is { } asked ? Join(asked, Request.Realm) : Reply?.Client is { } answered ? Join(answered, Reply.ClientRealm) : null;

    /// <summary>Gets the service, of the reply or else the request.</summary>
    public string? Service => Reply?.Service ?? Request?.Service;

    /// <summary>Gets a value indicating whether a ticket was issued.</summary>
    public bool IsIssued => Reply is { Ticket: not null };

    /// <summary>Gets the code of the refusal, or null.</summary>
    public int? Error => Reply?.ErrorCode;

    private static string Join(string name, string? realm) => string.IsNullOrEmpty(realm) ? name : $"{name}/{realm}";
}
