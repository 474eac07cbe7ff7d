using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Declares Zeek's ssl.log, with JA3, JA3S and JA4 added.</summary>
public static class TlsLog
{
    /// <summary>Gets its schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<TlsConnection>.ForFlow(
        "ssl",
        new("version", "string", record => record.Version is { } version ? TlsVersions.Name(version) : null),
        new("cipher", "string", record => record.Cipher),
        new("curve", "string", record => record.Group),
        new("server_name", "string", record => record.ServerName),
        new("resumed", "bool", record => LogValue.Bool(record.IsResumed)),
        new("last_alert", "string", record => record.LastAlert),
        new("next_protocol", "string", record => record.ApplicationProtocol),
        new("established", "bool", record => LogValue.Bool(record.IsEstablished)),
        new("ssl_history", "string", record => record.History),
        new("cert_chain_fps", "vector[string]", record => LogValue.Texts(record.ServerCertificates.Count == 0 ? null : record.ServerCertificates)),
        new("client_cert_chain_fps", "vector[string]", record => LogValue.Texts(record.ClientCertificates.Count == 0 ? null : record.ClientCertificates)),
        new("subject", "string", record => record.Subject),
        new("issuer", "string", record => record.Issuer),
        new("client_subject", "string", record => record.ClientSubject),
        new("client_issuer", "string", record => record.ClientIssuer),
        new("sni_matches_cert", "bool", record => LogValue.Bool(record.NameMatches)),
        new("ja3", "string", record => record.Ja3),
        new("ja3s", "string", record => record.Ja3s),
        new("ja4", "string", record => record.Ja4));
}
