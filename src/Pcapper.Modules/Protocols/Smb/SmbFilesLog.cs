using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>smb_files.log with Zeek's fields: what was opened with success, read, written, deleted or renamed.</summary>
public static class SmbFilesLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<SmbFileEvent>.ForFlow(
        "smb_files",
        new("action", "enum", file => LogValue.Enum(Action(file))),
        new("path", "string", file => file.Share),
        new("name", "string", file => Shown(file.NewName ?? file.Name)),
        new("size", "count", file => LogValue.Count(file.Size)),
        new("prev_name", "string", file => file.NewName is null ? LogValue.Unset : LogValue.Text(Shown(file.Name))),
        new("times.modified", "time", file => LogValue.Time(file.Modified))).Only(file => file.IsSuccess);

    private static string Shown(string name) => name.Length == 0 ? "<share_root>" : name;

    private static string Action(SmbFileEvent file) => (file.Kind, file.Action) switch
    {
        (SmbFileKind.Pipe, SmbFileAction.Open) => "SMB::PIPE_OPEN",
        (SmbFileKind.Pipe, SmbFileAction.Read) => "SMB::PIPE_READ",
        (SmbFileKind.Pipe, SmbFileAction.Write) => "SMB::PIPE_WRITE",
        (SmbFileKind.Printer, SmbFileAction.Open) => "SMB::PRINT_OPEN",
        (SmbFileKind.Printer, SmbFileAction.Write) => "SMB::PRINT_WRITE",
        (_, SmbFileAction.Open) => "SMB::FILE_OPEN",
        (_, SmbFileAction.Read) => "SMB::FILE_READ",
        (_, SmbFileAction.Write) => "SMB::FILE_WRITE",
        (_, SmbFileAction.Delete) => "SMB::FILE_DELETE",
        _ => "SMB::FILE_RENAME",
    };
}
