using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>ftp.log with Zeek's fields: the commands that move, remove or agree on data.</summary>
public static class FtpLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<FtpTransaction>.ForFlow(
        "ftp",
        new("user", "string", t => t.User ?? "<unknown>"),
        new("password", "string", _ => LogValue.Unset),
        new("command", "string", t => t.Command),
        new("arg", "string", t => Argument(t)),
        new("mime_type", "string", _ => LogValue.Unset),
        new("file_size", "count", t => LogValue.Count(t.Size)),
        new("reply_code", "count", t => LogValue.Count(t.Code)),
        new("reply_msg", "string", t => t.Text),
        new("data_channel.passive", "bool", t => t.Channel?.IsPassive),
        new("data_channel.orig_h", "addr", t => t.Channel?.Opener),
        new("data_channel.resp_h", "addr", t => t.Channel?.Address),
        new("data_channel.resp_p", "port", t => LogValue.Port(t.Channel?.Port)),
        new("fuid", "string", _ => LogValue.Unset)).Only(IsRow);

    private static bool IsRow(FtpTransaction transaction)
        => transaction.Command is "APPE" or "DELE" or "RETR" or "STOR" or "STOU" or "ACCT" or "PORT" or "PASV" or "EPRT" or "EPSV";

    private static string? Argument(FtpTransaction transaction) => transaction.Path is { } path ? $"ftp://{FlowKey.Endpoint(transaction.Flow.Responder, transaction.Flow.ResponderPort)}{path}"
        : transaction.Argument.Length > 0 ? transaction.Argument : null;
}
