using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Declares Zeek's kerberos.log.</summary>
public static class KerberosLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<KerberosExchange>.ForFlow(
        "kerberos",
        new("request_type", "string", e => e.Type is { } type ? KerberosNames.Request(type) : null),
        new("client", "string", e => e.Principal),
        new("service", "string", e => e.Service),
        new("success", "bool", e => LogValue.Bool(e.Reply is null ? null : e.Error is null)),
        new("error_msg", "string", e => e.Error is { } code ? Text(e.Reply!.ErrorText) ?? KerberosNames.Error(code) : null),
        new("from", "time", e => At(e.Request?.From)),
        new("till", "time", e => At(e.Request?.Till)),
        new("cipher", "string", e => Ticket(e) is { } ticket ? KerberosNames.Encryption(ticket.Cipher.Encryption) : null),
        new("forwardable", "bool", e => Option(e, KerberosNames.Forwardable)),
        new("renewable", "bool", e => Option(e, KerberosNames.Renewable)));

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static KerberosTicket? Ticket(KerberosExchange exchange)
        => exchange.Reply?.Ticket ?? (exchange.Type == KerberosMessageType.ApRequest ? exchange.Request?.Ticket : null);

    // Nanoseconds in 64 bits reach to the year 2262; "as long as can be" is often written as the year 9999.
    private static LogValue At(long? seconds)
        => LogValue.Time(seconds is >= 0 and <= long.MaxValue / Timestamp.PerSecond ? Timestamp.FromSeconds(seconds.Value) : null);

    private static LogValue Option(KerberosExchange exchange, uint option)
        => LogValue.Bool(exchange.Request is { Type: not KerberosMessageType.ApRequest } request ? (request.Options & option) != 0 : null);
}
