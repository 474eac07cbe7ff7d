namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Extensions of hellos, by IANA's registry: those that are looked into.</summary>
internal enum TlsExtension : ushort
{
    ServerName = 0,
    SupportedGroups = 10,
    PointFormats = 11,
    SignatureAlgorithms = 13,
    Heartbeat = 15,
    ApplicationProtocols = 16,
    SessionTicket = 35,
    PreSharedKey = 41,
    EarlyData = 42,
    SupportedVersions = 43,
    KeyShare = 51,
    EncryptedClientHello = 0xFE0D,
    EncryptedServerName = 0xFFCE,
}
