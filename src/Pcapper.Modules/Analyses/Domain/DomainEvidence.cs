namespace Pcapper.Modules.Analyses.Domain;

/// <summary>What tells of a domain, or that a host is one of its controllers.</summary>
public enum DomainEvidence
{
    /// <summary>It answered a domain controller ping (MS-ADTS, 6.3).</summary>
    Ping,

    /// <summary>Its directory's root entry is a domain controller's (MS-ADTS, 3.1.1.3.2).</summary>
    RootEntry,

    /// <summary>DNS answered a locator record with it (MS-ADTS, 6.3.2.3).</summary>
    Locator,

    /// <summary>It answered as key distribution center.</summary>
    Kerberos,

    /// <summary>
    /// It did what only Microsoft's and Samba's key distribution centers do: issued tickets to computers' accounts or for Windows' own kinds of
    /// services, knew the domain by its NetBIOS name, gave a Windows status with a refusal.
    /// </summary>
    WindowsKerberos,

    /// <summary>Names in NTLM challenges (MS-NLMP, 2.2.2.1).</summary>
    Ntlm,

    /// <summary>A NetBIOS name service answer gave it as one of the domain's controllers: suffix 1C.</summary>
    NetbiosControllers,

    /// <summary>A NetBIOS name service answer gave it as the domain's master browser: suffix 1B.</summary>
    NetbiosMaster,

    /// <summary>It answered calls of directory replication (MS-DRSR).</summary>
    Replication,

    /// <summary>It answered calls by which computers log in to the domain (MS-NRPC).</summary>
    SecureChannel,

    /// <summary>Its share SYSVOL was entered.</summary>
    SystemVolume,

    /// <summary>It took a ticket for the directory of a domain (<c>ldap/host/domain</c>).</summary>
    DirectoryTicket,

    /// <summary>A client showed a service a ticket of its realm.</summary>
    Ticket,

    /// <summary>It announced itself as domain controller, or claimed such a name; nobody asked.</summary>
    Announcement,

    /// <summary>An entry of a trusted domain in a directory.</summary>
    TrustEntry,

    /// <summary>A server's list of the domains that it knows (MS-NRPC, 3.5.4.7.1).</summary>
    TrustList,
}
