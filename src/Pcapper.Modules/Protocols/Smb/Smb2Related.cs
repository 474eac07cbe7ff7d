namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What the messages of one compound have in common.</summary>
internal sealed class Smb2Related
{
    /// <summary>Gets or sets the header of the message before, or null for the first.</summary>
    public Smb2Header? Before { get; set; }

    /// <summary>Gets or sets the file that was opened last.</summary>
    public Smb2FileId File { get; set; } = Smb2FileId.Related;
}
