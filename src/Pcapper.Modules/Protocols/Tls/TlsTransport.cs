namespace Pcapper.Modules.Protocols.Tls;

/// <summary>What carries a TLS handshake.</summary>
public enum TlsTransport : byte
{
    /// <summary>A stream.</summary>
    Stream,

    /// <summary>Datagrams (DTLS).</summary>
    Datagram,

    /// <summary>QUIC.</summary>
    Quic,
}
