using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Icmp;

/// <summary>icmp.log: a row for each message, in the style of Zeek's logs; the originator is the sender.</summary>
public static class IcmpLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = new LogSchema<IcmpMessage>(
        "icmp",
        new("ts", "time", m => m.Time),
        new("uid", "string", m => m.Flow.Uid),
        new("id.orig_h", "addr", m => m.Sender),
        new("id.orig_p", "port", m => LogValue.Port(m.Type)),
        new("id.resp_h", "addr", m => m.Receiver),
        new("id.resp_p", "port", m => LogValue.Port(m.Code)),
        new("proto", "enum", m => LogValue.Enum(m.IsV6 ? "icmp6" : "icmp")),
        new("type", "count", m => LogValue.Count((long)m.Type)),
        new("code", "count", m => LogValue.Count((long)m.Code)),
        new("ttl", "count", m => LogValue.Count((long)m.Ttl)),
        new("echo_id", "count", m => m.IsEchoRequest || m.IsEchoReply ? LogValue.Count((long)m.EchoId) : LogValue.Unset),
        new("echo_seq", "count", m => m.IsEchoRequest || m.IsEchoReply ? LogValue.Count((long)m.EchoSequence) : LogValue.Unset),
        new("payload_len", "count", m => LogValue.Count((long)m.PayloadLength)));
}
