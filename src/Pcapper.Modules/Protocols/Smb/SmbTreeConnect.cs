using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A client asked for a share.</summary>
public sealed record SmbTreeConnect : ProtocolRecord
{
    /// <summary>Gets which way requests go.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the share, raw: <c>\\server\share</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Gets what it holds.</summary>
    public required SmbFileKind Kind { get; init; }

    /// <summary>Gets the service that SMB 1 names, raw (<c>A:</c>, <c>IPC</c>), or null.</summary>
    public string? Service { get; init; }

    /// <summary>Gets the file system that SMB 1 names, raw, or null.</summary>
    public string? FileSystem { get; init; }

    /// <summary>Gets the account, raw, or null if it is not known.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the NTSTATUS.</summary>
    public required uint Status { get; init; }

    /// <summary>Gets a value indicating whether the server asks for encryption.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Gets the client's address.</summary>
    public IpAddress Client => Flow.Sender(Direction);

    /// <summary>Gets the server's address.</summary>
    public IpAddress Server => Flow.Receiver(Direction);
}
