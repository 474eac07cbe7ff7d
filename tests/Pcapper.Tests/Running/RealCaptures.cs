using System.Runtime.CompilerServices;

namespace Pcapper.Tests.Running;

/// <summary>The folder of real captures beside the project, where there is one.</summary>
public static class RealCaptures
{
    public static string? Folder { get; } = Find();

    public static IReadOnlyList<string> Files { get; } = Folder is null
        ? []
        : [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".md") && !f.EndsWith(".tsv")).Order(StringComparer.Ordinal)];

    private static string? Find([CallerFilePath] string here = "")
    {
        string folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../shared/captures"));
        return Directory.Exists(folder) ? folder : null;
    }
}
