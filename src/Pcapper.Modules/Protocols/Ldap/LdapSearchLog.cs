using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Declares Zeek's ldap_search.log.</summary>
public static class LdapSearchLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<LdapOperation>.ForFlow(
        "ldap_search",
        new("message_id", "int", o => LogValue.Int(o.MessageId)),
        new("scope", "string", o => LdapNames.Scope(o.Search!.Scope)),
        new("deref_aliases", "string", o => LdapNames.Aliases(o.Search!.Aliases)),
        new("base_object", "string", o => o.Search!.Base),
        new("result_count", "count", o => LogValue.Count(o.Search!.Entries)),
        new("result", "string", o => o.Result is { } result ? LdapNames.Result(result.Code) : null),
        new("diagnostic_message", "string", o => LdapLog.Text(o.Result?.Message)),
        new("filter", "string", o => o.Search!.Filter),
        new("attributes", "vector[string]", o => LogValue.Texts(o.Search!.Attributes.Count == 0 ? null : o.Search.Attributes)))
        .Only(o => o.Search is not null);
}
