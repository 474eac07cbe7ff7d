using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>smb_mapping.log with Zeek's fields: the shares that were connected with success.</summary>
public static class SmbMappingLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<SmbTreeConnect>.ForFlow(
        "smb_mapping",
        new("path", "string", connect => connect.Path),
        new("service", "string", connect => connect.Service),
        new("native_file_system", "string", connect => connect.FileSystem),
        new("share_type", "string", connect => connect.Kind switch { SmbFileKind.Pipe => "PIPE", SmbFileKind.Printer => "PRINT", _ => "DISK" })).Only(connect => SmbStatus.IsSuccess(connect.Status));
}
