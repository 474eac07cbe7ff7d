namespace Pcapper.Modules.Analyses.Domain;

/// <summary>Words for what the model knows by numbers.</summary>
internal static class DomainWords
{
    // DS_FLAG (MS-ADTS, 6.3.1.2); what nearly all have, and how near or current they are, is left out.
    private static readonly (int Bit, string Word)[] s_roles = [(Primary, "PDC"), (GlobalCatalog, "GC"), (KeyDistributionCenter, "KDC")];

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
        DomainEvidence.Ping => "netlogon",
        DomainEvidence.RootEntry => "root entry",
        DomainEvidence.Locator => "DNS",
        DomainEvidence.Kerberos => "Kerberos",
        DomainEvidence.WindowsKerberos => "Windows Kerberos",
        DomainEvidence.Ntlm => "NTLM",
        DomainEvidence.NetbiosControllers => "<1c>",
        DomainEvidence.NetbiosMaster => "<1b>",
        DomainEvidence.Replication => "replication",
        DomainEvidence.SecureChannel => "netlogon calls",
        DomainEvidence.SystemVolume => "SYSVOL",
        DomainEvidence.DirectoryTicket => "directory ticket",
        DomainEvidence.Ticket => "tickets shown",
        DomainEvidence.Announcement => "itself",
        DomainEvidence.TrustList => "trust list",
        _ => "trust entry",
    };

    /// <summary>Gets what several kinds of evidence are called: the telling ones, not those that they include.</summary>
    public static IEnumerable<string> Of(IReadOnlyCollection<DomainEvidence> evidence) => evidence
        .Where(e => e switch
        {
            DomainEvidence.Kerberos => !evidence.Contains(DomainEvidence.WindowsKerberos),
            DomainEvidence.Ticket => evidence.Count == 1,
            _ => true,
        })
        .Select(Of);

    /// <summary>Gets what evidence says, in a sentence's words.</summary>
    public static string Sentence(DomainEvidence evidence) => evidence switch
    {
        DomainEvidence.Ping => "answered domain controller pings",
        DomainEvidence.RootEntry => "has the root entry of a domain controller",
        DomainEvidence.Locator => "DNS names it in locator records",
        DomainEvidence.Kerberos => "answered as key distribution center",
        DomainEvidence.WindowsKerberos => "answered as only a Windows domain's key distribution center does",
        DomainEvidence.Ntlm => "names itself in NTLM challenges",
        DomainEvidence.NetbiosControllers => "given as one of the domain's controllers",
        DomainEvidence.NetbiosMaster => "given as the domain's master browser",
        DomainEvidence.Replication => "answered replication calls (drsuapi)",
        DomainEvidence.SecureChannel => "answered calls by which computers log in",
        DomainEvidence.SystemVolume => "let clients into its share SYSVOL",
        DomainEvidence.DirectoryTicket => "took tickets for the domain's directory",
        DomainEvidence.Ticket => "a client showed tickets of the realm",
        DomainEvidence.Announcement => "says so without being asked",
        DomainEvidence.TrustList => "named in a server's list of domains",
        _ => "named in an entry of a trusted domain",
    };

    /// <summary>Gets the roles that a mask of DS_FLAG bits says.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="isWhole">Whether it is one that the controller itself gave: then what is missing counts too.</param>
    public static IEnumerable<string> Roles(ulong mask, bool isWhole) => s_roles
        .Where(role => (mask >> role.Bit & 1) != 0).Select(role => role.Word)
        .Concat(isWhole && (mask >> Writable & 1) == 0 ? ["read-only"] : []);

    /// <summary>Gets what the flags of a trust say.</summary>
    public static IEnumerable<string> Trust(ulong mask) => s_trusts.Where(trust => (mask & (ulong)trust.Bit) != 0).Select(trust => trust.Word);
}
