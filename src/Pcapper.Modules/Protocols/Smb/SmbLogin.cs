using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A session was set up, or refused.</summary>
public sealed record SmbLogin : ProtocolRecord
{
    /// <summary>Gets which way requests go.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the account, raw, or null if it cannot be seen (Kerberos).</summary>
    public string? Account { get; init; }

    /// <summary>Gets how the client proved who it is: <c>ntlm</c>, <c>kerberos</c>, <c>plain</c>.</summary>
    public required string Mechanism { get; init; }

    /// <summary>Gets the NTSTATUS.</summary>
    public required uint Status { get; init; }

    /// <summary>Gets a value indicating whether the server let the client in as a guest.</summary>
    public bool IsGuest { get; init; }

    /// <summary>Gets a value indicating whether the client gave no name.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Gets the operating system that an SMB 1 client names, raw, or null.</summary>
    public string? ClientSystem { get; init; }

    /// <summary>Gets the operating system that an SMB 1 server names, raw, or null.</summary>
    public string? ServerSystem { get; init; }

    /// <summary>Gets the client's address.</summary>
    public IpAddress Client => Flow.Sender(Direction);

    /// <summary>Gets the server's address.</summary>
    public IpAddress Server => Flow.Receiver(Direction);
}
