using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A request that waits for its response.</summary>
internal sealed class Smb2Request
{
    /// <summary>Gets the command.</summary>
    public required Smb2Command Command { get; init; }

    /// <summary>Gets the session.</summary>
    public required ulong Session { get; init; }

    /// <summary>Gets the share.</summary>
    public required uint Tree { get; init; }

    /// <summary>Gets the frame.</summary>
    public required FrameRef Frame { get; init; }

    /// <summary>Gets the time.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Gets or sets the file, or the mark for the one before.</summary>
    public Smb2FileId File { get; set; }

    /// <summary>Gets or sets the share to connect to, the file to open, or the new name, raw.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets a value indicating whether the file is to go when it is closed.</summary>
    public bool IsDelete { get; set; }

    /// <summary>Gets or sets where in the file to read.</summary>
    public long Offset { get; set; }

    /// <summary>Gets or sets the session that the response will give a number, or null.</summary>
    public SmbSession? NewSession { get; set; }

    /// <summary>Gets or sets a value indicating whether the file is no longer to go when it is closed.</summary>
    public bool IsKept { get; set; }

    /// <summary>Gets or sets a value indicating whether a control code asks a pipe.</summary>
    public bool IsPipe { get; set; }
}
