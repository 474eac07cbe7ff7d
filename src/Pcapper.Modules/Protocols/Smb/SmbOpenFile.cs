using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A file, folder or pipe that is open.</summary>
internal sealed class SmbOpenFile
{
    private SmbTransfer? _read;
    private SmbTransfer? _written;

    /// <summary>Gets or sets the path on the share, raw.</summary>
    public required string Name { get; set; }

    /// <summary>Gets the share, or null if it is not known.</summary>
    public required SmbTree? Tree { get; init; }

    /// <summary>Gets the account, raw, or null.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the size when it was opened, or null.</summary>
    public long? Size { get; init; }

    /// <summary>Gets or sets a value indicating whether it goes when it is closed.</summary>
    public bool IsDeletedOnClose { get; set; }

    /// <summary>Gets or sets what is spoken over a pipe, or null.</summary>
    public DceRpcAssociation? Association { get; set; }

    /// <summary>Gets what was read of it.</summary>
    public SmbTransfer Read => _read ??= new SmbTransfer();

    /// <summary>Gets what was written to it.</summary>
    public SmbTransfer Written => _written ??= new SmbTransfer();

    /// <summary>Gets what kind of thing it is.</summary>
    public SmbFileKind Kind => Association is not null ? SmbFileKind.Pipe : Tree?.Kind ?? SmbFileKind.Disk;

    /// <summary>Gets the content, if it is a group policy preference, or null.</summary>
    public SmbPreferenceFile? Preference => field ??= SmbNames.IsPreference(Name) ? new SmbPreferenceFile() : null;

    /// <summary>Adds a piece that was read.</summary>
    public void AddRead(long offset, long count, ReadOnlySpan<byte> data, FrameRef frame, Timestamp time)
    {
        Read.Add(offset, count, data, frame, time);
        Preference?.Add(offset, data);
    }
}
