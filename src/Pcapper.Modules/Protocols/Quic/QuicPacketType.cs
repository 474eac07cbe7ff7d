namespace Pcapper.Modules.Protocols.Quic;

/// <summary>Kinds of packets with a long header (RFC 9000, 17.2).</summary>
internal enum QuicPacketType : byte
{
    Initial,
    ZeroRtt,
    Handshake,
    Retry,
    VersionNegotiation,
}
