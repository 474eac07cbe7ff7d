namespace Pcapper.Modules.Analyses.Domain;

/// <summary>Words for what the model knows by numbers.</summary>
internal static class DomainWords
{
    // DS_FLAG (MS-ADTS, 6.3.1.2); those that tell how near or how current it is are left out.
    private static readonly (int Bit, string Word)[] s_roles =
    [
        (0, "PDC"), (2, "global catalog"), (5, "KDC"), (8, "writable"), (6, "time server"),
    ];

    // TRUST_ATTRIBUTE (MS-ADTS, 6.1.6.7.9)
    private static readonly (int Bit, string Word)[] s_trusts =
    [
        (0x20, "within the forest"), (0x8, "forest"), (0x4, "SIDs filtered"), (0x40, "external"), (0x10, "selective authentication"), (0x1, "not transitive"),
    ];

    /// <summary>The bit of a role that DNS tells: primary controller.</summary>
    public const int Primary = 0;

    /// <summary>The bit of a global catalog.</summary>
    public const int GlobalCatalog = 2;

    /// <summary>The bit of a key distribution center.</summary>
    public const int KeyDistributionCenter = 5;

    /// <summary>The bit of a controller that takes changes.</summary>
    public const int Writable = 8;

    /// <summary>Gets what evidence is called in a table.</summary>
    public static string Of(DomainEvidence evidence) => evidence switch
    {
        DomainEvidence.Ping => "netlogon ping",
        DomainEvidence.RootEntry => "LDAP root entry",
        DomainEvidence.Locator => "DNS SRV",
        DomainEvidence.Kerberos => "Kerberos",
        DomainEvidence.WindowsKerberos => "computers' tickets",
        DomainEvidence.Ntlm => "NTLM",
        DomainEvidence.NetbiosControllers => "NetBIOS <1c>",
        DomainEvidence.NetbiosMaster => "NetBIOS <1b>",
        DomainEvidence.Replication => "replication",
        DomainEvidence.SecureChannel => "netlogon calls",
        DomainEvidence.SystemVolume => "SYSVOL",
        DomainEvidence.DirectoryTicket => "directory ticket",
        DomainEvidence.Announcement => "announced by itself",
        _ => "LDAP trust entry",
    };

    /// <summary>Gets what evidence says, in a sentence's words.</summary>
    public static string Sentence(DomainEvidence evidence) => evidence switch
    {
        DomainEvidence.Ping => "answered domain controller pings",
        DomainEvidence.RootEntry => "has the root entry of a domain controller",
        DomainEvidence.Locator => "DNS names it in locator records",
        DomainEvidence.Kerberos => "answered as key distribution center",
        DomainEvidence.WindowsKerberos => "issued tickets to computers' accounts, or gave a Windows status",
        DomainEvidence.Ntlm => "names itself in NTLM challenges",
        DomainEvidence.NetbiosControllers => "given as one of the domain's controllers",
        DomainEvidence.NetbiosMaster => "given as the domain's master browser",
        DomainEvidence.Replication => "answered replication calls (drsuapi)",
        DomainEvidence.SecureChannel => "answered calls by which computers log in",
        DomainEvidence.SystemVolume => "let clients into its share SYSVOL",
        DomainEvidence.DirectoryTicket => "took tickets for the domain's directory",
        DomainEvidence.Announcement => "says so without being asked",
        _ => "named in an entry of a trusted domain",
    };

    /// <summary>Gets the roles that a mask of DS_FLAG bits says.</summary>
    public static IEnumerable<string> Roles(ulong mask) => s_roles.Where(role => (mask >> role.Bit & 1) != 0).Select(role => role.Word);

    /// <summary>Gets what the flags of a trust say.</summary>
    public static IEnumerable<string> Trust(ulong mask) => s_trusts.Where(trust => (mask & (ulong)trust.Bit) != 0).Select(trust => trust.Word);
}
