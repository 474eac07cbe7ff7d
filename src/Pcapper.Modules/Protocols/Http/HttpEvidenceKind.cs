namespace Pcapper.Modules.Protocols.Http;

/// <summary>What a transaction can show that is worth a finding.</summary>
internal enum HttpEvidenceKind
{
    Credentials,
    Disguise,
    ToolDownload,
    AddressDownload,
    Stager,
    Scanner,
    WebDav,
    OddTunnel,
    Trace,
    SqlInjection,
    PathTraversal,
    CrossSiteScripting,
    CommandInjection,
    CodeInjection,
    Log4Shell,
    Shellshock,
    WebShell,
    KnownExploit,
    RemoteManagement,
}
