namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>What a browser message does (MS-BRWS 2.2).</summary>
public enum BrowserCommand : byte
{
    /// <summary>A host announces itself.</summary>
    HostAnnouncement = 1,

    /// <summary>All hosts are asked to announce themselves.</summary>
    AnnouncementRequest = 2,

    /// <summary>A host stands for election as the segment's master browser.</summary>
    RequestElection = 8,

    /// <summary>A client asks for the list of browsers.</summary>
    GetBackupListRequest = 9,

    /// <summary>The list of browsers.</summary>
    GetBackupListResponse = 10,

    /// <summary>A browser is promoted.</summary>
    BecomeBackup = 11,

    /// <summary>A master browser announces its domain or workgroup.</summary>
    DomainAnnouncement = 12,

    /// <summary>A master browser announces itself to the domain master.</summary>
    MasterAnnouncement = 13,

    /// <summary>A browser is reset.</summary>
    ResetState = 14,

    /// <summary>The segment's master browser announces itself.</summary>
    LocalMasterAnnouncement = 15,
}
