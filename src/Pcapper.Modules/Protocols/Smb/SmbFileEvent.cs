using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Something was done with a file, folder or pipe on a share. Frame and time are those of the request that did it (first).</summary>
public sealed record SmbFileEvent : ProtocolRecord
{
    /// <summary>Gets which way requests go.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets what was done.</summary>
    public required SmbFileAction Action { get; init; }

    /// <summary>Gets what kind of thing it is.</summary>
    public required SmbFileKind Kind { get; init; }

    /// <summary>Gets the share (<c>\\server\share</c>), raw, or null if the capture began after it was connected.</summary>
    public string? Share { get; init; }

    /// <summary>Gets the path on the share, raw, with <c>\</c> between its parts and none in front.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the name that a renamed file got, raw, or null.</summary>
    public string? NewName { get; init; }

    /// <summary>Gets the account, raw, or null if it is not known.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the NTSTATUS of an open; 0 for what was done with success.</summary>
    public uint Status { get; init; }

    /// <summary>Gets the file's size when it was opened, or null.</summary>
    public long? Size { get; init; }

    /// <summary>Gets how many bytes were read or written.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets the media type that the first bytes of a file show, if those were read or written, or null.</summary>
    public string? SniffedType { get; init; }

    /// <summary>Gets the entropy of a sample of what was read or written, in thousandths of a bit for each byte, or null if there was too little.</summary>
    public int? Entropy { get; init; }

    /// <summary>Gets when the file was last written, as the server says, or null.</summary>
    public Timestamp? Modified { get; init; }

    /// <summary>Gets a value indicating whether it succeeded.</summary>
    public bool IsSuccess => SmbStatus.IsSuccess(Status);

    /// <summary>Gets the client's address.</summary>
    public IpAddress Client => Flow.Sender(Direction);

    /// <summary>Gets the server's address.</summary>
    public IpAddress Server => Flow.Receiver(Direction);
}
