using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>What the HTTP module can find.</summary>
public static class HttpFindingTypes
{
    private const string Tester = "a security test of your own: check the client's address and whether it was announced";

    /// <summary>User and password where anyone could read them.</summary>
    public static readonly FindingType Credentials = new("http.cleartext-credentials", "Password sent over plain HTTP", Severity.Medium, "T1040", "T1552")
    {
        IsPractice = true,
        Unless = "a lab or a device's first set-up; anyone on the path could still read it",
    };

    /// <summary>A program that says it is something else.</summary>
    public static readonly FindingType Disguise = new("http.disguised-executable", "Program disguised as another kind of file", Severity.High, "T1036.008", "T1105")
    {
        Suspect = Suspect.Destination,
        Unless = "a server with a wrong table of media types: compare with its other downloads",
    };

    /// <summary>A program or script fetched by a tool.</summary>
    public static readonly FindingType ToolDownload = new("http.tool-download", "Program or script fetched by a command-line tool over plain HTTP", Severity.Medium, "T1105", "T1059")
    {
        Suspect = Suspect.Destination,
        Unless = "an administrator's installation script or a package manager: check the host and who ran it",
    };

    /// <summary>A program from a host without a name.</summary>
    public static readonly FindingType AddressDownload = new("http.program-from-address", "Program downloaded from a host named by its address", Severity.Medium, "T1105")
    {
        Suspect = Suspect.Destination,
        Unless = "an appliance or software distribution inside the own network",
    };

    /// <summary>The second stage of an implant.</summary>
    public static readonly FindingType Stager = new("http.stager", "Download like a Metasploit or Cobalt Strike stage", Severity.High, "T1105", "T1071.001")
    {
        Suspect = Suspect.Destination,
        Unless = "one path in 128 has this sum by chance: look whether the content is a program and whether the host is known",
    };

    /// <summary>A scanner said its name.</summary>
    public static readonly FindingType Scanner = new("http.scanner", "Web scanner by its user agent", Severity.Medium, "T1595.002") { Unless = Tester };

    /// <summary>Files asked for outside.</summary>
    public static readonly FindingType WebDav = new("http.webdav-outside", "WebDAV to a public server", Severity.Low, "T1187", "T1105")
    {
        Unless = "a cloud drive that the user mounted; Windows also sends its log-in to such servers",
    };

    /// <summary>A proxy opened a tunnel to an unusual port.</summary>
    public static readonly FindingType OddTunnel = new("http.odd-tunnel", "Proxy tunnel to an unusual port", Severity.Low, "T1090", "T1572")
    {
        Unless = "an application with a port of its own that the proxy allows on purpose",
    };

    /// <summary>A server echoes requests.</summary>
    public static readonly FindingType Trace = new("http.trace", "Server answers TRACE", Severity.Low, "T1595.002") { Unless = "a diagnosis by the server's owner" };

    /// <summary>SQL in a request.</summary>
    public static readonly FindingType SqlInjection = new("http.sql-injection", "SQL injection attempt", Severity.Medium, "T1190")
    {
        Unless = "a database front end or a search for such words; " + Tester,
    };

    /// <summary>A path that leaves its root.</summary>
    public static readonly FindingType PathTraversal = new("http.path-traversal", "Path traversal attempt", Severity.Medium, "T1190", "T1083") { Unless = Tester };

    /// <summary>Script in a request.</summary>
    public static readonly FindingType CrossSiteScripting = new("http.cross-site-scripting", "Cross-site scripting attempt", Severity.Low, "T1190", "T1189")
    {
        Unless = "an application that sends markup as a parameter (editors, advertising)",
    };

    /// <summary>A shell's command in a request.</summary>
    public static readonly FindingType CommandInjection = new("http.command-injection", "Command injection attempt", Severity.High, "T1190", "T1059.004") { Unless = Tester };

    /// <summary>Code in a request.</summary>
    public static readonly FindingType CodeInjection = new("http.code-injection", "Code or template injection attempt", Severity.High, "T1190", "T1059")
    {
        Unless = "an application that takes templates or XML with entities on purpose; " + Tester,
    };

    /// <summary>CVE-2021-44228.</summary>
    public static readonly FindingType Log4Shell = new("http.log4shell", "Log4Shell attempt", Severity.High, "T1190")
    {
        Unless = Tester + "; whether it worked shows in connections from the server to the named host afterwards",
    };

    /// <summary>CVE-2014-6271.</summary>
    public static readonly FindingType Shellshock = new("http.shellshock", "Shellshock attempt", Severity.High, "T1190", "T1059.004") { Unless = Tester };

    /// <summary>Commands given to a script on a server.</summary>
    public static readonly FindingType WebShell = new("http.webshell", "Command sent to a web shell", Severity.High, "T1505.003", "T1059")
    {
        Unless = "an administration tool that takes commands by design (router diagnostics)",
    };

    /// <summary>A request that only an exploit makes.</summary>
    public static readonly FindingType KnownExploit = new("http.known-exploit", "Request of a known exploit", Severity.High, "T1190") { Unless = Tester };

    /// <summary>Commands and scripts run on a Windows host from afar.</summary>
    public static readonly FindingType RemoteManagement = new("http.remote-management", "Windows Remote Management session (WinRM, PowerShell remoting)", Severity.Low, "T1021.006")
    {
        Unless = "administration: check that the client is an administrator's host and the account is used for it",
    };

    /// <summary>Paths tried until one is there.</summary>
    public static readonly FindingType ContentDiscovery = new("http.content-discovery", "Search for hidden web content", Severity.Medium, "T1595.003")
    {
        Unless = "a broken site or an application whose files are missing: its URLs follow each other and come from its own pages",
    };

    /// <summary>Log-ins tried until one works.</summary>
    public static readonly FindingType PasswordGuessing = new("http.password-guessing", "Password guessing over HTTP", Severity.Medium, "T1110.001", "T1110.003")
    {
        Unless = "a program with an outdated password keeps trying: then there is one user and one secret",
    };
}
