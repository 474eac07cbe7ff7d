namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What the responses of one compound have in common.</summary>
internal sealed class Smb2Related
{
    /// <summary>Gets or sets the file that was opened last.</summary>
    public Smb2FileId File { get; set; } = new(ulong.MaxValue, ulong.MaxValue);
}
