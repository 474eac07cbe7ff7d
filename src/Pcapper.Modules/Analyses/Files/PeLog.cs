using Pcapper.Engine;
using Pcapper.Modules.FileTypes;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Files;

/// <summary>pe.log with Zeek's fields: the headers of Windows programs. It has rows where the module runs too: only then are first bytes kept.</summary>
public static class PeLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = new LogSchema<FileTransfer>(
        "pe",
        new("ts", "time", file => file.Time),
        new("id", "string", file => file.Id),
        new("machine", "string", file => PeNames.Machine(Head(file).Machine)),
        new("compile_ts", "time", file => Timestamp.FromSeconds(Head(file).Compiled)),
        new("os", "string", file => PeNames.System(Head(file).System)),
        new("subsystem", "string", file => PeNames.Subsystem(Head(file).Subsystem)),
        new("is_exe", "bool", file => !Head(file).IsLibrary),
        new("is_64bit", "bool", file => Head(file).IsWide),
        new("uses_aslr", "bool", file => Head(file).UsesAslr),
        new("uses_dep", "bool", file => Head(file).UsesDep),
        new("uses_code_integrity", "bool", file => Head(file).UsesCodeIntegrity),
        new("uses_seh", "bool", file => Head(file).UsesSeh),
        new("has_import_table", "bool", file => Head(file).HasImports),
        new("has_export_table", "bool", file => Head(file).HasExports),
        new("has_cert_table", "bool", file => Head(file).IsSigned),
        new("has_debug_data", "bool", file => Head(file).HasDebug),
        new("section_names", "vector[string]", file => LogValue.Texts(Head(file).Sections))).Only(file => file.SniffedType == "application/x-dosexec" && PeHead.Read(file.Head.Span, withImports: false) is not null);

    private static PeHead Head(FileTransfer file) => PeHead.Read(file.Head.Span, withImports: false)!;
}
