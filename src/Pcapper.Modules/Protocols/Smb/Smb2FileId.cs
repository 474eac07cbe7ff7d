using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Names an open file (MS-SMB2, 2.2.14.1).</summary>
internal readonly record struct Smb2FileId(ulong Persistent, ulong Volatile)
{
    /// <summary>Means the file of the message before (3.3.5.2.7.2).</summary>
    public static readonly Smb2FileId Related = new(ulong.MaxValue, ulong.MaxValue);

    /// <summary>Gets a value indicating whether it means the file of the message before.</summary>
    public bool IsRelated => this == Related;

    /// <summary>Reads one.</summary>
    public static Smb2FileId Read(ref WireReader reader) => new(reader.U64Little(), reader.U64Little());
}
