namespace Pcapper.Modules.FileTypes;

/// <summary>What the name of a file claims, and the tricks by which it claims something else than it is.</summary>
internal static class FileNames
{
    private const int LongestEnding = 12;
    private const int Padding = 5;   // two or three spaces are a slip of the finger
    private const char Reverse = '\u202E';

    private static readonly HashSet<string> s_run = new(StringComparer.OrdinalIgnoreCase)
    {
        "exe", "scr", "com", "pif", "cpl", "bat", "cmd", "vbs", "vbe", "jse", "wsf", "wsh", "hta", "ps1", "msi", "lnk", "iso", "img", "vhd", "vhdx", "jar", "chm",
    };

    private static readonly HashSet<string> s_read = new(StringComparer.OrdinalIgnoreCase)
    {
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "rtf", "odt", "txt", "csv", "jpg", "jpeg", "png", "gif", "bmp", "mp3", "mp4", "avi", "mov", "wav",
    };

    /// <summary>Gets the last part of a name or URL, with what is percent-encoded undone.</summary>
    public static string Last(string? name)
    {
        string plain = name is null ? string.Empty : name.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(name) : name;
        return plain[(plain.LastIndexOfAny(['/', '\\']) + 1)..];
    }

    /// <summary>Gets the ending of a name without the dot, as Windows sees it; empty if there is none.</summary>
    public static string Ending(string? name)
    {
        string last = Last(name).TrimEnd(' ', '.');
        int dot = last.LastIndexOf('.');
        return dot < 0 || last.Length - dot - 1 > LongestEnding ? string.Empty : last[(dot + 1)..];
    }

    /// <summary>Gets how a name misleads, or null.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isRun">Whether the content is something that is run or opened as a disk.</param>
    /// <param name="isShortcut">Whether that is a shortcut: Windows itself names those after what they point to.</param>
    public static string? Trick(string? name, bool isRun, bool isShortcut)
    {
        string last = Last(name);
        string ending = Ending(name);
        if (last.Contains(Reverse, StringComparison.Ordinal) && (isRun || s_run.Contains(ending)))
        {
            return "a part of the name is written backwards (U+202E)";
        }

        if (!isRun || !s_run.Contains(ending))
        {
            return null;
        }

        string before = last.TrimEnd(' ', '.')[..^(ending.Length + 1)];
        return before.Length - before.TrimEnd(' ', '\u00A0', '\u3000').Length >= Padding ? "spaces hide the ending"
            : !isShortcut && s_read.Contains(Ending(before)) ? "two endings" : null;
    }
}
