using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.X509;

/// <summary>Declares Zeek's x509.log: a row for each certificate that a flow shows.</summary>
public static class X509Log
{
    private const long MaxSeconds = long.MaxValue / Timestamp.PerSecond;

    /// <summary>Gets a schema; a new one each time, since it remembers the certificate read last.</summary>
    public static ILogSchema Schema => Create();

    /// <summary>Gets a time that may lie outside of what nanoseconds can say; then the nearest that they can.</summary>
    internal static Timestamp? At(long? seconds) => seconds is { } known ? Timestamp.FromSeconds(Math.Clamp(known, -MaxSeconds, MaxSeconds)) : null;

    private static LogSchema<CertificateSeen> Create()
    {
        // All columns of a row ask for the same certificate: it is read once.
        var latest = new Latest();
        LogColumn<CertificateSeen> Column(string name, string type, Func<CertificateFacts, LogValue> value)
            => new(name, type, record => latest.Of(record) is { } facts ? value(facts) : LogValue.Unset);

        return new LogSchema<CertificateSeen>(
            "x509",
            new("ts", "time", record => record.Time),
            Column("fingerprint", "string", facts => facts.Sha256),
            Column("certificate.version", "count", facts => LogValue.Count(facts.Version)),
            Column("certificate.serial", "string", facts => facts.Serial),
            Column("certificate.subject", "string", facts => facts.Subject),
            Column("certificate.issuer", "string", facts => facts.Issuer),
            Column("certificate.not_valid_before", "time", facts => Time(facts.NotBefore)),
            Column("certificate.not_valid_after", "time", facts => Time(facts.NotAfter)),
            Column("certificate.key_alg", "string", facts => facts.KeyAlgorithm),
            Column("certificate.sig_alg", "string", facts => facts.SignatureAlgorithm),
            Column("certificate.key_type", "string", facts => KeyType(facts.Key)),
            Column("certificate.key_length", "count", facts => facts.KeyLength == 0 ? LogValue.Unset : LogValue.Count(facts.KeyLength)),
            Column("certificate.exponent", "string", facts => facts.Exponent),
            Column("certificate.curve", "string", facts => facts.Curve),
            Column("san.dns", "vector[string]", facts => Texts(facts.DnsNames)),
            Column("san.uri", "vector[string]", facts => Texts(facts.Uris)),
            Column("san.email", "vector[string]", facts => Texts(facts.Emails)),
            Column("san.ip", "vector[addr]", facts => Texts(facts.Addresses)),
            Column("basic_constraints.ca", "bool", facts => LogValue.Bool(facts.IsCa)),
            Column("basic_constraints.path_len", "count", facts => LogValue.Count(facts.PathLength)),
            new("host_cert", "bool", record => LogValue.Bool(record.Position == 0 && !record.IsClient)),
            new("client_cert", "bool", record => LogValue.Bool(record.Position == 0 && record.IsClient)))
        {
            Where = record => latest.Of(record) is not null,
        };
    }

    private static LogValue Time(long? seconds) => LogValue.Time(At(seconds));

    private static LogValue Texts(IReadOnlyList<string> texts) => texts.Count == 0 ? LogValue.Unset : LogValue.Texts(texts);

    private static string? KeyType(CertificateKey key) => key switch
    {
        CertificateKey.Rsa => "rsa",
        CertificateKey.Dsa => "dsa",
        CertificateKey.Ec => "ecdsa",
        _ => null,
    };

    /// <summary>The certificate read last. Shards may share a schema: the one reference is replaced as a whole.</summary>
    private sealed class Latest
    {
        private Tuple<CertificateSeen, CertificateFacts?>? _latest;

        public CertificateFacts? Of(CertificateSeen record)
        {
            Tuple<CertificateSeen, CertificateFacts?>? latest = Volatile.Read(ref _latest);
            if (latest is null || !ReferenceEquals(latest.Item1, record))
            {
                latest = Tuple.Create(record, CertificateReader.TryRead(record.Der, out CertificateFacts facts) ? facts : null);
                Volatile.Write(ref _latest, latest);
            }

            return latest.Item2;
        }
    }
}
