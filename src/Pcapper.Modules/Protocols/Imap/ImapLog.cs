using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>imap.log: one row a command.</summary>
public static class ImapLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<ImapTransaction>.ForFlow(
        "imap",
        new("user", "string", t => t.User),
        new("tag", "string", t => t.Tag),
        new("command", "string", t => t.Command),
        new("uid_command", "bool", t => t.IsUid),
        new("arg", "string", t => t.Arguments.Length == 0 ? null : t.Arguments),
        new("mailbox", "string", t => t.Mailbox),
        new("status", "string", t => t.Status),
        new("reply", "string", t => t.Text));
}
