using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Pop3;

/// <summary>pop3.log: one row a command.</summary>
public static class Pop3Log
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<Pop3Transaction>.ForFlow(
        "pop3",
        new("user", "string", t => t.User),
        new("command", "string", t => t.Command),
        new("arg", "string", t => t.Argument.Length == 0 ? null : t.Argument),
        new("successful", "bool", t => t.IsOk),
        new("reply", "string", t => t.Text));
}
