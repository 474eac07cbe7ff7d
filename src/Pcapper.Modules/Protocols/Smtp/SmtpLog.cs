using Pcapper.Engine;
using Pcapper.Modules.Protocols.Mail;

namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>smtp.log with Zeek's fields: one row a mail transaction.</summary>
public static class SmtpLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<SmtpTransaction>.ForFlow(
        "smtp",
        new("trans_depth", "count", t => LogValue.Count((long)t.Depth)),
        new("helo", "string", t => t.Hello),
        new("mailfrom", "string", t => t.From is { Length: > 0 } from ? from : null),
        new("rcptto", "set[string]", t => t.Recipients.Count == 0 ? LogValue.Unset : LogValue.Texts([.. t.Recipients.Select(r => r.Address).Distinct(StringComparer.Ordinal)])),
        new("date", "string", t => t.Message?.Date),
        new("from", "string", t => t.Message?.FromText),
        new("to", "set[string]", t => Addresses(t.Message?.To)),
        new("cc", "set[string]", t => Addresses(t.Message?.Cc)),
        new("reply_to", "string", t => t.Message?.ReplyTo is [var first, ..] ? first.Address : null),
        new("msg_id", "string", t => t.Message?.MessageId),
        new("in_reply_to", "string", t => t.Message?.InReplyTo),
        new("subject", "string", t => t.Message?.Subject),
        new("x_originating_ip", "addr", t => Packets.IpAddress.TryParse(t.Message?.OriginatingIp, out Packets.IpAddress address) ? LogValue.Address(address) : LogValue.Unset),
        new("first_received", "string", t => t.Message?.Received is [var first, ..] ? first : null),
        new("second_received", "string", t => t.Message?.Received is [_, var second, ..] ? second : null),
        new("last_reply", "string", t => t.Reply),
        new("path", "vector[string]", t => LogValue.Texts([t.Flow.Responder.ToString(), t.Flow.Originator.ToString()])),
        new("user_agent", "string", t => t.Message?.UserAgent),
        new("tls", "bool", _ => false),
        new("fuids", "vector[string]", t => t.Message is { } message ? LogValue.Texts(message.FileIds) : LogValue.Unset));

    private static LogValue Addresses(IReadOnlyList<MailAddress>? addresses)
        => addresses is { Count: > 0 } ? LogValue.Texts([.. addresses.Select(a => a.Address).Distinct(StringComparer.Ordinal)]) : LogValue.Unset;
}
