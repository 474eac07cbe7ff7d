using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ssh;

/// <summary>How an SSH connection began, up to where it is encrypted. Frame and time are those of the first identification.</summary>
public sealed record SshConnection : ProtocolRecord
{
    /// <summary>Gets the protocol's major version that both speak; null if one is not known.</summary>
    public int? Version { get; init; }

    /// <summary>Gets the client's identification, raw: <c>SSH-2.0-OpenSSH_9.2</c>; null if it was not seen.</summary>
    public string? ClientId { get; init; }

    /// <summary>Gets the server's.</summary>
    public string? ServerId { get; init; }

    /// <summary>Gets the client's HASSH.</summary>
    public string? Hassh { get; init; }

    /// <summary>Gets the server's HASSH.</summary>
    public string? HasshServer { get; init; }

    /// <summary>Gets the method of key exchange that is agreed.</summary>
    public string? KeyExchange { get; init; }

    /// <summary>Gets the algorithm of the host key that is agreed.</summary>
    public string? HostKeyAlgorithm { get; init; }

    /// <summary>Gets the cipher from client to server that is agreed.</summary>
    public string? Cipher { get; init; }

    /// <summary>Gets the message authentication code from client to server that is agreed; ciphers that authenticate do not use it.</summary>
    public string? Mac { get; init; }

    /// <summary>Gets the compression from client to server that is agreed.</summary>
    public string? Compression { get; init; }

    /// <summary>Gets the SHA-256 of the server's host key as ssh shows it, <c>SHA256:</c> and base64 without padding.</summary>
    public string? HostKeyFingerprint { get; init; }

    /// <summary>Gets the client.</summary>
    public IpAddress Client => Flow.Originator;

    /// <summary>Gets the server.</summary>
    public IpAddress Server => Flow.Responder;
}
