using System.IO.Enumeration;

namespace Pcapper.Input;

/// <summary>Turns what the user named (files, folders, patterns, <c>-</c>) into the list of captures, in ordinal order within each target.</summary>
internal static class Targets
{
    private static readonly string[] s_extensions =
        [".pcap", ".pcapng", ".cap", ".ntar", ".dmp", ".snoop", ".gz", ".zst", ".xz", ".bz2", ".lz4"];

    /// <summary>Finds the captures; a folder gives the files that are named like captures.</summary>
    public static IReadOnlyList<string> Resolve(IReadOnlyList<string> targets, bool recursive)
    {
        var found = new List<string>();
        foreach (string target in targets)
        {
            if (target == "-" || File.Exists(target))
            {
                found.Add(target);
            }
            else if (Directory.Exists(target))
            {
                found.AddRange(InFolder(target, "*", recursive, mustLookLikeCapture: true));
            }
            else if (target.AsSpan().ContainsAny('*', '?'))
            {
                found.AddRange(Matching(target, recursive));
            }
            else
            {
                throw new PcapperException($"{target}: no such file or folder", ExitCode.Usage);
            }
        }

        return found.Distinct(StringComparer.Ordinal).ToList();
    }

    private static List<string> Matching(string pattern, bool recursive)
    {
        string folder = Path.GetDirectoryName(pattern) is { Length: > 0 } given ? given : ".";
        if (!Directory.Exists(folder))
        {
            throw new PcapperException($"{pattern}: no such folder", ExitCode.Usage);
        }

        List<string> files = InFolder(folder, Path.GetFileName(pattern), recursive, mustLookLikeCapture: false);
        return files.Count > 0 ? files : throw new PcapperException($"{pattern}: matches no file", ExitCode.Usage);
    }

    private static List<string> InFolder(string folder, string pattern, bool recursive, bool mustLookLikeCapture)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = recursive,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.System,
        };
        var files = Directory.EnumerateFiles(folder, "*", options)
            .Where(path => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path.AsSpan()), ignoreCase: false))
            .Where(path => !mustLookLikeCapture || s_extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (files.Count == 0 && mustLookLikeCapture)
        {
            throw new PcapperException(
                recursive ? $"{folder}: no captures in this folder" : $"{folder}: no captures in this folder (-r looks into subfolders too)", ExitCode.Usage);
        }

        return files;
    }
}
