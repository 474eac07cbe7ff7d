using System.Runtime.InteropServices;

namespace Pcapper.Yara;

/// <summary>
/// The functions of libyara that are used, as its C interface of version 4.2 declares them (yara/libyara.h, compiler.h, rules.h). Debian has it in
/// the package libyara9.
/// </summary>
internal static partial class LibYara
{
    /// <summary>The library's name with the version of its binary interface: another version lays its structures out otherwise.</summary>
    public const string Name = "libyara.so.9";

    /// <summary>What a function returns when all went well.</summary>
    public const int Success = 0;

    /// <summary>The scan took too long.</summary>
    public const int ScanTimeout = 26;

    /// <summary>Reports rules that match, not those that do not.</summary>
    public const int ReportMatching = 8;

    [LibraryImport(Name, EntryPoint = "yr_initialize")]
    public static partial int Initialize();

    [LibraryImport(Name, EntryPoint = "yr_compiler_create")]
    public static partial int CreateCompiler(out nint compiler);

    [LibraryImport(Name, EntryPoint = "yr_compiler_destroy")]
    public static partial void DestroyCompiler(nint compiler);

    [LibraryImport(Name, EntryPoint = "yr_compiler_set_callback")]
    public static unsafe partial void SetCallback(nint compiler, delegate* unmanaged<int, nint, int, nint, nint, nint, void> callback, nint userData);

    [LibraryImport(Name, EntryPoint = "yr_compiler_define_string_variable", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DefineString(nint compiler, string identifier, string value);

    [LibraryImport(Name, EntryPoint = "yr_compiler_add_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddText(nint compiler, string rules, string? nameSpace);

    [LibraryImport(Name, EntryPoint = "yr_compiler_add_fd", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddFile(nint compiler, SafeHandle file, string nameSpace, string fileName);

    [LibraryImport(Name, EntryPoint = "yr_compiler_get_rules")]
    public static partial int GetRules(nint compiler, out nint rules);

    [LibraryImport(Name, EntryPoint = "yr_rules_scan_mem")]
    public static unsafe partial int Scan(
        nint rules, byte* bytes, nuint size, int flags, delegate* unmanaged<nint, int, nint, nint, int> callback, nint userData, int timeoutSeconds);
}
