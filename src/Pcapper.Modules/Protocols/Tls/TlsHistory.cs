namespace Pcapper.Modules.Protocols.Tls;

/// <summary>The letters of Zeek's ssl_history.</summary>
internal static class TlsHistory
{
    /// <summary>Gets the letter of a handshake message, in the lower case of those that servers send.</summary>
    public static char Letter(TlsHandshakeType type) => type switch
    {
        TlsHandshakeType.HelloRequest => 'h',
        TlsHandshakeType.ClientHello => 'c',
        TlsHandshakeType.ServerHello => 's',
        TlsHandshakeType.HelloVerifyRequest => 'v',
        TlsHandshakeType.NewSessionTicket => 't',
        TlsHandshakeType.EndOfEarlyData => 'e',
        TlsHandshakeType.HelloRetryRequest => 'j',
        TlsHandshakeType.EncryptedExtensions => 'o',
        TlsHandshakeType.Certificate => 'x',
        TlsHandshakeType.ServerKeyExchange => 'k',
        TlsHandshakeType.CertificateRequest => 'r',
        TlsHandshakeType.ServerHelloDone => 'n',
        TlsHandshakeType.CertificateVerify => 'y',
        TlsHandshakeType.ClientKeyExchange => 'g',
        TlsHandshakeType.Finished => 'f',
        TlsHandshakeType.CertificateUrl => 'w',
        TlsHandshakeType.CertificateStatus => 'u',
        TlsHandshakeType.SupplementalData => 'a',
        TlsHandshakeType.KeyUpdate => 'p',
        TlsHandshakeType.MessageHash => 'm',
        _ => 'z',
    };
}
