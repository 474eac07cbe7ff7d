namespace Pcapper.Modules.Protocols.Tls;

/// <summary>What is counted over all connections.</summary>
internal enum TlsTotal
{
    Connections,
    Established,
    Resumed,
    Retried,
    Unanswered,
    NoServerName,
    EncryptedHello,
    HiddenCertificates,
    ClientCertificates,
    Quic,
    Datagram,
    NameMismatch,
}
