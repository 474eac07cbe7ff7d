using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>ntlm.log with Zeek's fields.</summary>
public static class NtlmLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<NtlmAuthentication>.ForFlow(
        "ntlm",
        new("username", "string", a => Unset(a.User)),
        new("hostname", "string", a => Unset(a.Workstation)),
        new("domainname", "string", a => Unset(a.Domain)),
        new("server_nb_computer_name", "string", a => a.Server?.NetbiosComputer),
        new("server_dns_computer_name", "string", a => a.Server?.DnsComputer),
        new("server_tree_name", "string", a => a.Server?.DnsTree),
        new("success", "bool", a => a.Success));

    private static LogValue Unset(string text) => text.Length == 0 ? LogValue.Unset : LogValue.Text(text);
}
