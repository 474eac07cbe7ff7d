using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>One SSL, TLS, DTLS or QUIC handshake, as far as it was seen: stated once per flow, when it is done or the flow is over.</summary>
public sealed record TlsConnection : ProtocolRecord
{
    /// <summary>Gets what carried it.</summary>
    public required TlsTransport Transport { get; init; }

    /// <summary>Gets who the client is: usually the flow's originator.</summary>
    public required Direction ClientDirection { get; init; }

    /// <summary>Gets the frame that completed the first ClientHello, or null if none was seen.</summary>
    public FrameRef? ClientFrame { get; init; }

    /// <summary>Gets the frame that completed the first ServerHello, or null if none was seen.</summary>
    public FrameRef? ServerFrame { get; init; }

    /// <summary>Gets the version chosen, or null.</summary>
    public ushort? Version { get; init; }

    /// <summary>Gets the latest version offered, or null.</summary>
    public ushort? OfferedVersion { get; init; }

    /// <summary>Gets the name of the cipher suite chosen, or null.</summary>
    public string? Cipher { get; init; }

    /// <summary>Gets the name of the group that the keys were agreed in, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Gets the size in bits of the prime of an old-style Diffie-Hellman exchange, or null.</summary>
    public int? PrimeBits { get; init; }

    /// <summary>Gets the server name asked for, raw, or null.</summary>
    public string? ServerName { get; init; }

    /// <summary>Gets the application protocol chosen, raw, or null.</summary>
    public string? ApplicationProtocol { get; init; }

    /// <summary>Gets the first application protocol offered, raw, or null.</summary>
    public string? OfferedProtocol { get; init; }

    /// <summary>Gets a value indicating whether an earlier session was resumed.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Gets a value indicating whether the handshake succeeded.</summary>
    public bool IsEstablished { get; init; }

    /// <summary>Gets a value indicating whether the server asked for another ClientHello.</summary>
    public bool HadRetry { get; init; }

    /// <summary>Gets a value indicating whether the client sent an encrypted hello or server name (which may be GREASE).</summary>
    public bool HasEncryptedHello { get; init; }

    /// <summary>Gets a value indicating whether the certificates were sent encrypted, as TLS 1.3 does, so that no capture shows them.</summary>
    public bool HidesCertificates { get; init; }

    /// <summary>Gets the time from the first ClientHello to the ServerHello in nanoseconds, if both were captured.</summary>
    public long? HelloTime { get; init; }

    /// <summary>Gets the name of the last alert in the clear, or null.</summary>
    public string? LastAlert { get; init; }

    /// <summary>Gets Zeek's history letters: one a message, upper case from the client.</summary>
    public required string History { get; init; }

    /// <summary>Gets the SHA-256 of the server's certificates, leaf first.</summary>
    public IReadOnlyList<string> ServerCertificates { get; init; } = [];

    /// <summary>Gets the SHA-256 of the client's certificates, leaf first.</summary>
    public IReadOnlyList<string> ClientCertificates { get; init; } = [];

    /// <summary>Gets the subject of the server's certificate, or null.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets the issuer of the server's certificate, or null.</summary>
    public string? Issuer { get; init; }

    /// <summary>Gets the subject of the client's certificate, or null.</summary>
    public string? ClientSubject { get; init; }

    /// <summary>Gets the issuer of the client's certificate, or null.</summary>
    public string? ClientIssuer { get; init; }

    /// <summary>Gets whether the server's certificate is for the server name; null if one of them was not seen.</summary>
    public bool? NameMatches { get; init; }

    /// <summary>Gets the client's JA3, or null.</summary>
    public string? Ja3 { get; init; }

    /// <summary>Gets the server's JA3S, or null.</summary>
    public string? Ja3s { get; init; }

    /// <summary>Gets the client's JA4, or null.</summary>
    public string? Ja4 { get; init; }

    /// <summary>Gets the client's address.</summary>
    public IpAddress Client => Flow.Sender(ClientDirection);

    /// <summary>Gets the server's address.</summary>
    public IpAddress Server => Flow.Receiver(ClientDirection);

    /// <summary>Gets the server's port.</summary>
    public ushort ServerPort => ClientDirection == Direction.ToResponder ? Flow.ResponderPort : Flow.OriginatorPort;
}
