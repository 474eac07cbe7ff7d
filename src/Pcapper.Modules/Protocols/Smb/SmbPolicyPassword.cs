using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A group policy preference with a password was read. The password itself is in a <see cref="CredentialSeen"/>.</summary>
public sealed record SmbPolicyPassword : ProtocolRecord
{
    /// <summary>Gets which way requests go.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the path with its share, raw.</summary>
    public required string Path { get; init; }

    /// <summary>Gets whose password it is, raw, or null.</summary>
    public string? User { get; init; }

    /// <summary>Gets the account that read it, raw, or null.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the client's address.</summary>
    public IpAddress Client => Flow.Sender(Direction);

    /// <summary>Gets the server's address.</summary>
    public IpAddress Server => Flow.Receiver(Direction);
}
