using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What the SMB module can find.</summary>
public static class SmbFindings
{
    /// <summary>A server speaks SMB 1.</summary>
    public static readonly FindingType Version1 = new("smb.version-1", "SMB 1 in use", Severity.Medium, "T1210")
    {
        IsPractice = true,
        Unless = "an isolated device that knows no other version; all others should refuse it",
    };

    /// <summary>A server does not insist on signed messages.</summary>
    public static readonly FindingType Unsigned = new("smb.signing-not-required", "Server does not require SMB signing", Severity.Info, "T1557.001")
    {
        Unless = "it is the default of everything but domain controllers and Windows 11 24H2; logins can be relayed to such a server",
    };

    /// <summary>A client was let in as a guest.</summary>
    public static readonly FindingType Guest = new("smb.guest", "Guest session accepted", Severity.Low, "T1078.001")
    {
        Unless = "a public share on purpose",
    };

    /// <summary>Many refused logins for an account.</summary>
    public static readonly FindingType BruteForce = new("smb.brute-force", "Password guessing over SMB", Severity.Medium, "T1110.001", "T1021.002")
    {
        Unless = "a service or mapped drive that still uses an old password",
    };

    /// <summary>Few refused logins for each of many accounts.</summary>
    public static readonly FindingType Spray = new("smb.password-spray", "Password spraying over SMB", Severity.High, "T1110.003", "T1021.002")
    {
        Unless = "a terminal server or proxy that many people work on while the domain is out of reach",
    };

    /// <summary>A program was written to a share for administrators only.</summary>
    public static readonly FindingType ProgramToAdminShare = new("smb.program-to-admin-share", "Program copied to an administrative share", Severity.High, "T1570", "T1021.002")
    {
        IsAgainst = true,
        Unless = "software distribution or an administrator's tool; look whether the program is known and who copied it",
    };

    /// <summary>A program was read from a share for administrators only.</summary>
    public static readonly FindingType ProgramFromAdminShare = new("smb.program-from-admin-share", "Program fetched from an administrative share", Severity.Medium, "T1570", "T1021.002")
    {
        Unless = "an administrator's tool or inventory software reads it",
    };

    /// <summary>A program was written to another share.</summary>
    public static readonly FindingType ProgramToShare = new("smb.program-to-share", "Program copied to a share", Severity.Low, "T1570", "T1080")
    {
        Unless = "people and software distribution do this",
    };

    /// <summary>The output of commands was fetched through a share.</summary>
    public static readonly FindingType CommandOutput = new("smb.command-output", "Command output fetched through a share", Severity.High, "T1021.002", "T1570")
    {
        IsAgainst = true,
        Unless = "an authorized test with these tools",
    };

    /// <summary>A pipe of a remote shell.</summary>
    public static readonly FindingType RemoteShell = new("smb.remote-shell", "Remote shell over a named pipe", Severity.High, "T1021.002", "T1569.002")
    {
        IsAgainst = true,
        Unless = "an administrator uses PsExec",
    };

    /// <summary>A pipe of Cobalt Strike.</summary>
    public static readonly FindingType BeaconPipe = new("smb.beacon-pipe", "Named pipe with a default name of Cobalt Strike", Severity.High, "T1071.002", "T1021.002")
    {
        Unless = "another program that happens to use the name",
    };

    /// <summary>A file full of secrets was read or written.</summary>
    public static readonly FindingType SecretFile = new("smb.secret-file", "File with the secrets of many accounts", Severity.High, "T1003.003", "T1003.002")
    {
        IsAgainst = true,
        Unless = "a backup of a domain controller",
    };

    /// <summary>Many files got the same new extension.</summary>
    public static readonly FindingType MassRename = new("smb.mass-rename", "Many files get the same new extension", Severity.High, "T1486")
    {
        IsAgainst = true,
        Unless = "a conversion or a move by a program that was meant to do it",
    };

    /// <summary>Many files were overwritten with random bytes.</summary>
    public static readonly FindingType MassEncryption = new("smb.mass-encryption", "Many files on a share are encrypted", Severity.High, "T1486")
    {
        IsAgainst = true,
        Unless = "a program that was meant to encrypt the files where they are",
    };

    /// <summary>The same note was left in many folders.</summary>
    public static readonly FindingType RansomNote = new("smb.ransom-note", "Ransom notes written to many folders", Severity.High, "T1486")
    {
        IsAgainst = true,
        Unless = "instructions of a program that happen to have such a name",
    };

    /// <summary>A password in group policy was read.</summary>
    public static readonly FindingType PolicyPassword = new("smb.policy-password", "Password in a group policy read", Severity.High, "T1552.006")
    {
        Unless = "computers read it whenever they apply the policy; whoever is in the domain can read it all the same (MS14-025)",
    };

    /// <summary>A client asks whether MS17-010 is missing.</summary>
    public static readonly FindingType Ms17Probe = new("smb.ms17-010-probe", "Probe for MS17-010", Severity.Medium, "T1595.002", "T1210")
    {
        Unless = "a vulnerability scan that was ordered",
    };

    /// <summary>EternalBlue.</summary>
    public static readonly FindingType EternalBlue = new("smb.eternalblue", "EternalBlue exploit attempt", Severity.High, "T1210")
    {
        IsAgainst = true,
        Unless = "a vulnerability scan that was ordered",
    };

    /// <summary>DoublePulsar.</summary>
    public static readonly FindingType DoublePulsar = new("smb.doublepulsar", "DoublePulsar backdoor addressed", Severity.High, "T1210", "T1205")
    {
        IsAgainst = true,
        Unless = "a scan for infected hosts that was ordered",
    };

    /// <summary>SMBGhost.</summary>
    public static readonly FindingType Ghost = new("smb.smbghost", "SMBGhost exploit attempt", Severity.High, "T1210")
    {
        IsAgainst = true,
        Unless = "a vulnerability scan that was ordered",
    };

    /// <summary>A service was created on another host.</summary>
    public static readonly FindingType RemoteService = new("smb.remote-service", "Service created on a remote host", Severity.High, "T1569.002", "T1543.003", "T1021.002")
    {
        IsAgainst = true,
        Unless = "software distribution, monitoring or an administrator installs a service",
    };

    /// <summary>A task was registered on another host.</summary>
    public static readonly FindingType RemoteTask = new("smb.remote-task", "Scheduled task created on a remote host", Severity.High, "T1053.005")
    {
        IsAgainst = true,
        Unless = "management software or an administrator plans a task",
    };

    /// <summary>A WMI method was called on another host.</summary>
    public static readonly FindingType WmiExecution = new("smb.wmi-method", "WMI method called on a remote host", Severity.High, "T1047")
    {
        IsAgainst = true,
        Unless = "management and monitoring software; the method cannot be seen when the call is encrypted",
    };

    /// <summary>WMI was asked.</summary>
    public static readonly FindingType WmiQuery = new("smb.wmi-query", "WMI session on a remote host", Severity.Low, "T1047")
    {
        Unless = "management and monitoring software",
    };

    /// <summary>An object was driven on another host.</summary>
    public static readonly FindingType RemoteObject = new("smb.dcom-invoke", "DCOM object driven on a remote host", Severity.High, "T1021.003")
    {
        IsAgainst = true,
        Unless = "an application that is built on DCOM automation",
    };

    /// <summary>Registry hives were saved.</summary>
    public static readonly FindingType RegistrySave = new("smb.registry-save", "Registry hive saved on a remote host", Severity.High, "T1003.002")
    {
        IsAgainst = true,
        Unless = "backup software",
    };

    /// <summary>The registry was changed.</summary>
    public static readonly FindingType RegistryWrite = new("smb.registry-write", "Registry changed on a remote host", Severity.Low, "T1112")
    {
        Unless = "an administrator or management software",
    };

    /// <summary>Directory secrets were asked for.</summary>
    public static readonly FindingType DcSync = new("smb.dcsync", "Directory replicated to a host (DCSync)", Severity.High, "T1003.006")
    {
        IsAgainst = true,
        Unless = "the client is a domain controller or synchronizes the directory (Entra Connect)",
    };

    /// <summary>A domain controller was added.</summary>
    public static readonly FindingType DcShadow = new("smb.dcshadow", "Host registers as domain controller (DCShadow)", Severity.High, "T1207")
    {
        IsAgainst = true,
        Unless = "a domain controller is being promoted, or the topology changes",
    };

    /// <summary>Netlogon was called with a credential of zeros.</summary>
    public static readonly FindingType Zerologon = new("smb.zerologon", "Netlogon login with a credential of zeros (Zerologon)", Severity.High, "T1210")
    {
        IsAgainst = true,
        Unless = "a vulnerability scan that was ordered",
    };

    /// <summary>A server was made to log in elsewhere.</summary>
    public static readonly FindingType Coercion = new("smb.coerced-login", "Server made to log in elsewhere", Severity.Medium, "T1187")
    {
        IsAgainst = true,
        Unless = "a client that opens encrypted files, prints, or makes shadow copies with this server",
    };

    /// <summary>A printer driver was installed.</summary>
    public static readonly FindingType PrinterDriver = new("smb.printer-driver", "Printer driver installed on a remote host (PrintNightmare)", Severity.High, "T1068", "T1547.012")
    {
        IsAgainst = true,
        Unless = "an administrator adds a printer to a print server",
    };

    /// <summary>An account was changed.</summary>
    public static readonly FindingType AccountChange = new("smb.account-change", "Account or password changed on a remote host", Severity.Medium, "T1098")
    {
        Unless = "a computer joins the domain, or an administrator or help desk changes a password",
    };

    /// <summary>A function for local callers was called.</summary>
    public static readonly FindingType LocalFunction = new("smb.local-function", "Server function for local callers called remotely (CVE-2022-30216)", Severity.Medium, "T1210")
    {
        Unless = "a vulnerability scan that was ordered",
    };

    /// <summary>Secrets of the local security authority were asked for or changed.</summary>
    public static readonly FindingType LsaSecret = new("smb.lsa-secret", "LSA secret read or changed on a remote host", Severity.High, "T1003.004")
    {
        IsAgainst = true,
        Unless = "domain trust management",
    };

    /// <summary>Accounts were listed.</summary>
    public static readonly FindingType AccountListing = new("smb.account-listing", "Accounts or groups listed", Severity.Low, "T1087.002", "T1069.002")
    {
        Unless = "management software, a file server that resolves names, or a person looking for a colleague",
    };

    /// <summary>Shares were listed.</summary>
    public static readonly FindingType ShareListing = new("smb.share-listing", "Shares listed", Severity.Info, "T1135")
    {
        Unless = "a person opens a server in the file browser",
    };

    /// <summary>Sessions and logged-in people were listed.</summary>
    public static readonly FindingType SessionListing = new("smb.session-listing", "Sessions or logged-in users listed", Severity.Low, "T1049", "T1033")
    {
        Unless = "inventory software",
    };

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } =
    [
        AccountChange, AccountListing, BeaconPipe, BruteForce, Coercion, CommandOutput, DcShadow, DcSync, RemoteObject, DoublePulsar, EternalBlue, Guest, LocalFunction, LsaSecret, MassEncryption, MassRename, Ms17Probe,
        Spray, PolicyPassword, PrinterDriver, ProgramFromAdminShare, ProgramToAdminShare, ProgramToShare, RansomNote, RegistrySave, RegistryWrite, RemoteService, RemoteShell, RemoteTask, SecretFile, SessionListing, ShareListing,
        Unsigned, Ghost, Version1, WmiExecution, WmiQuery, Zerologon,
    ];

    /// <summary>Begins a finding about a client and a server.</summary>
    internal static Finding Between(FindingType type, PairKey pair, string detail, string summary, FrameSample frames, Extent when, Filter condition) => new Finding
    {
        Type = type,
        Subject = detail.Length == 0 ? pair.ToString() : $"{pair} {detail}",
        Summary = summary,
        Source = pair.From,
        Destination = pair.To,
        Count = frames.Total,
        DisplayFilter = Filter.Any(Filter.Between(pair.From, pair.To).And(condition), Filter.Frames(frames)),
    }.WithEvidence(frames).During(when);

    /// <summary>Puts findings of one attack by one host on another together: the first, which is the strongest sign, names it.</summary>
    internal static Finding Together(Severity? raised, params ReadOnlySpan<Finding> all)
    {
        Finding first = all[0];
        Finding[] parts = all.ToArray();
        FrameRef[] cited = [.. parts.SelectMany(finding => finding.Evidence.Take(Math.Max(2, first.Evidence.Count / parts.Length))).Distinct().Order()];
        return first with
        {
            Subject = $"{first.Source} > {first.Destination}",
            Summary = string.Join("; ", parts.Select(finding => finding.Summary)),
            Raised = raised,
            Confidence = 95,
            Measures = [.. parts.SelectMany(finding => finding.Measures)],
            Evidence = cited,
            EvidenceTotal = parts.Sum(finding => finding.EvidenceTotal),
            Count = parts.Sum(finding => finding.Count),
            First = parts.Min(finding => finding.First),
            Last = parts.Max(finding => finding.Last),
            DisplayFilter = Filter.Any(parts.Select(finding => Filter.Where(finding.DisplayFilter))),
        };
    }

    /// <summary>Selects the messages that name a file or pipe.</summary>
    internal static Filter Named(string name)
        => Filter.Any(Filter.All.Contains("smb2.filename", SmbNames.Last(name)), Filter.All.Contains("smb.file", SmbNames.Last(name)));

    /// <summary>Writes the accounts that did something: <c> as EXAMPLE\anna</c>; nothing if they are not known.</summary>
    internal static string As(Texts accounts)
        => accounts.Values.Count == 0 ? string.Empty : $" as {string.Join(", ", accounts.Values)}{(accounts.HasMore ? ", …" : string.Empty)}";
}
