namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Kinds of records (RFC 8446, 5.1; RFC 6520; RFC 9146; RFC 9147).</summary>
internal enum TlsContent : byte
{
    ChangeCipherSpec = 20,
    Alert = 21,
    Handshake = 22,
    ApplicationData = 23,
    Heartbeat = 24,
    ConnectionId = 25,
    Ack = 26,
}
