namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Kinds of SSL 2.0 handshake messages (RFC 6101, appendix E).</summary>
internal enum SslV2Message : byte
{
    Error = 0,
    ClientHello = 1,
    ClientMasterKey = 2,
    ServerHello = 4,
}
