using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Declares Zeek's ldap.log: all operations but searches. Passwords are not in it.</summary>
public static class LdapLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<LdapOperation>.ForFlow(
        "ldap",
        new("message_id", "int", o => LogValue.Int(o.MessageId)),
        new("version", "int", o => LogValue.Int(o.Version)),
        new("opcode", "string", Opcode),
        new("result", "string", o => o.Result is { } result ? LdapNames.Result(result.Code) : null),
        new("diagnostic_message", "string", o => Text(o.Result?.Message)),
        new("object", "string", o => Text(o.Kind == LdapOperationKind.Extended ? LdapNames.Extended(o.Object) : o.Object)),
        new("argument", "string", o => o.Kind == LdapOperationKind.Bind ? o.Mechanism == "simple" ? "REDACTED" : o.Mechanism : Text(string.Join(',', o.Attributes))))
        .Only(o => o.Kind != LdapOperationKind.Search && o.IsAsked);

    internal static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static LogValue Opcode(LdapOperation operation) => operation switch
    {
        { Kind: LdapOperationKind.Bind, Mechanism: "simple" } => "bind simple",
        { Kind: LdapOperationKind.Bind } => "bind SASL",
        _ => LdapNames.Operation(operation.Kind),
    };
}
