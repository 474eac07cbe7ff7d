namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>What is summed up over everything.</summary>
public enum KerberosTotal
{
    /// <summary>Requests for first tickets.</summary>
    As,

    /// <summary>Requests for service tickets.</summary>
    Tgs,

    /// <summary>Tickets shown to services.</summary>
    Ap,

    /// <summary>Changes of passwords.</summary>
    PasswordChanges,

    /// <summary>Tickets issued.</summary>
    Issued,

    /// <summary>Refusals, without those that only ask for pre-authentication or for TCP.</summary>
    Refused,

    /// <summary>Requests for tickets without answer.</summary>
    Unanswered,
}
