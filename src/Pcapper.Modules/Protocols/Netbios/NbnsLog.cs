using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>nbns.log: a row per message, with Zeek's names for what dns.log has too.</summary>
public static class NbnsLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<NbnsMessage>.ForFlow(
        "nbns",
        new("trans_id", "count", m => LogValue.Count((long)m.TransactionId)),
        new("is_response", "bool", m => m.IsResponse),
        new("opcode", "string", m => LogValue.Text(NbnsNames.Opcode(m.Opcode))),
        new("query", "string", m => LogValue.Text(m.Name.Text)),
        new("suffix", "count", m => LogValue.Count((long)m.Name.Suffix)),
        new("qtype", "count", m => LogValue.Count((long)m.Type)),
        new("qtype_name", "string", m => LogValue.Text(NbnsNames.Type(m.Type))),
        new("rcode", "count", m => m.IsResponse ? LogValue.Count((long)m.Rcode) : LogValue.Unset),
        new("rcode_name", "string", m => m.IsResponse ? LogValue.Text(NbnsNames.Rcode(m.Rcode)) : LogValue.Unset),
        new("answers", "vector[string]", m => Answers(m) is { Length: > 0 } answers ? LogValue.Texts(answers) : LogValue.Unset),
        new("TTL", "interval", m => m.Ttl is { } ttl ? LogValue.Interval(ttl * Packets.Timestamp.PerSecond) : LogValue.Unset));

    private static string[] Answers(NbnsMessage message)
        => [.. message.Addresses.Select(a => a.Address.ToString()), .. message.NodeNames.Select(n => n.Name.ToString())];
}
