namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>What a search is after, if it is something that attackers look for.</summary>
public enum LdapMark
{
    /// <summary>All accounts with service names: the targets of Kerberoasting.</summary>
    ServicePrincipals,

    /// <summary>Accounts without pre-authentication: the targets of AS-REP roasting.</summary>
    NoPreAuthentication,

    /// <summary>Accounts trusted for unconstrained delegation.</summary>
    UnconstrainedDelegation,

    /// <summary>Accounts trusted for constrained delegation.</summary>
    ConstrainedDelegation,

    /// <summary>Who may delegate to a resource.</summary>
    ResourceDelegation,

    /// <summary>Local administrators' passwords (LAPS).</summary>
    LocalAdministratorPasswords,

    /// <summary>Managed service accounts and their passwords.</summary>
    ManagedPasswords,

    /// <summary>Certificate authorities and templates.</summary>
    CertificateServices,

    /// <summary>Protected (administrators') accounts.</summary>
    Administrators,

    /// <summary>Trusts of the domain.</summary>
    Trusts,

    /// <summary>Keys registered with accounts.</summary>
    KeyCredentials,

    /// <summary>Every kind of account with its access rights: how BloodHound collects.</summary>
    EveryAccount,
}
