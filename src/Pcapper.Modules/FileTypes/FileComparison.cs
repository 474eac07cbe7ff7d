namespace Pcapper.Modules.FileTypes;

/// <summary>Compares what a file's name and its declared type say with its content.</summary>
internal static class FileComparison
{
    private static readonly Dictionary<string, FileKind> s_textEndings = new[]
        {
            "txt", "log", "csv", "html", "htm", "css", "js", "json", "xml", "md", "php", "asp", "aspx", "jsp", "ini", "yml", "yaml", "rss", "map",
        }.ToDictionary(e => e, _ => FileKind.Text, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, FileKind> s_documentEndings = new[]
        {
            "pdf", "doc", "docx", "docm", "xls", "xlsx", "xlsm", "ppt", "pptx", "rtf", "odt", "ods", "odp", "epub",
        }.ToDictionary(e => e, _ => FileKind.Document, StringComparer.OrdinalIgnoreCase);

    // Endings that say nothing.
    private static readonly HashSet<string> s_generic = new(StringComparer.OrdinalIgnoreCase) { "bin", "dat", "img", "db", "out", "tmp", "raw", "o", "run", "z", "dump", "bak", "ts", "com", "ai", "pub", "key", "enc" };

    // Endings under which programs travel honestly, whatever else the table says of them.
    private static readonly HashSet<string> s_honest = new(StringComparer.OrdinalIgnoreCase)
    {
        "exe", "dll", "scr", "sys", "ocx", "com", "cpl", "drv", "ax", "efi", "mui", "pyd", "bin", "dat", "so", "elf", "out", "o", "ko", "axf", "prx", "run", "img", "iso", "node", "msi", "msp", "tmp", "cab", "xpi",
        "class", "dex", "odex", "lnk", "vhd", "vhdx", "vmdk", "qcow2", "wim", "dmg", "sh", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "jse", "wsf", "hta", "sct", "reg", "url",
    };

    /// <summary>Compares the three.</summary>
    public static FileVerdict Compare(string? name, string? declared, FileType? content)
    {
        if (content is null)
        {
            return FileVerdict.Agrees;
        }

        string ending = FileNames.Ending(name);
        FileKind named = ByEnding(ending);
        FileKind said = ByDeclared(declared);
        return IsRun(content.Kind) ? OfRun(ending, named, said, content) : Of(ending, named, said, content);
    }

    /// <summary>Tells whether content of a kind is run, or opened as a disk.</summary>
    public static bool IsRun(FileKind kind) => kind is FileKind.Program or FileKind.Script or FileKind.Shortcut or FileKind.DiskImage;

    /// <summary>Gets the kind that an ending claims.</summary>
    public static FileKind ByEnding(string ending)
        => ending.Length == 0 || s_generic.Contains(ending) ? FileKind.Unknown
            : s_textEndings.TryGetValue(ending, out FileKind text) ? text
            : s_documentEndings.TryGetValue(ending, out FileKind document) ? document
            : MagicTable.Endings.GetValueOrDefault(ending);

    /// <summary>Gets the kind that a declared media type claims; <c>application/octet-stream</c> and the like claim nothing.</summary>
    public static FileKind ByDeclared(string? declared)
    {
        if (declared is null)
        {
            return FileKind.Unknown;
        }

        string type = declared.Split(';')[0].Trim().ToLowerInvariant();
        return type.StartsWith("image/", StringComparison.Ordinal) ? FileKind.Image
            : type.StartsWith("audio/", StringComparison.Ordinal) ? FileKind.Audio
            : type.StartsWith("video/", StringComparison.Ordinal) ? FileKind.Video
            : type.StartsWith("font/", StringComparison.Ordinal) ? FileKind.Font
            : type is "application/pdf" or "application/msword" or "application/rtf" or "application/vnd.ms-excel" or "application/vnd.ms-powerpoint"
                || type.StartsWith("application/vnd.openxmlformats-officedocument", StringComparison.Ordinal) || type.StartsWith("application/vnd.oasis.opendocument", StringComparison.Ordinal) ? FileKind.Document
            : type.StartsWith("text/", StringComparison.Ordinal) || type is "application/javascript" or "application/json" or "application/xml" || type.EndsWith("+xml", StringComparison.Ordinal) || type.EndsWith("+json", StringComparison.Ordinal) ? FileKind.Text
            : FileKind.Unknown;
    }

    private static FileVerdict OfRun(string ending, FileKind named, FileKind said, FileType content)
    {
        if (content.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase) || s_honest.Contains(ending))
        {
            // Honestly named: a wrong declared type is the server's table, unless it says picture or sound, which no table says of programs.
            return content.Kind == FileKind.Program && IsMedia(said) ? FileVerdict.Disguised : FileVerdict.Agrees;
        }

        // Scripts are texts: only a name or type that is not one can be a disguise.
        if (content.Kind is FileKind.Script)
        {
            return IsMedia(named) || named == FileKind.Document || IsMedia(said) || said == FileKind.Document ? FileVerdict.Disguised : FileVerdict.Agrees;
        }

        return IsMedia(named) || named is FileKind.Document or FileKind.Text || IsMedia(said) || said == FileKind.Document ? FileVerdict.Disguised
            : said == FileKind.Text ? FileVerdict.CalledText : FileVerdict.Agrees;
    }

    private static FileVerdict Of(string ending, FileKind named, FileKind said, FileType content)
    {
        FileKind claimed = said == FileKind.Unknown ? named : said;
        bool isSame = claimed is FileKind.Unknown or FileKind.Data || Family(claimed) == Family(content.Kind) || content.Kind is FileKind.Data or FileKind.Unknown
            || content.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase)
            || content.Media == "application/gzip"                                             // how things are carried
            || (content.Media == "application/zip" && claimed is FileKind.Document)            // whose entries were not seen
            || (content.Kind == FileKind.Text && claimed is not (FileKind.Image or FileKind.Audio or FileKind.Video or FileKind.Font))   // anything may be written as text
            || (content.Media == "image/svg+xml" && claimed == FileKind.Text);
        return isSame ? FileVerdict.Agrees : FileVerdict.Differs;
    }

    private static FileKind Family(FileKind kind) => kind switch
    {
        FileKind.Video => FileKind.Audio,           // containers carry both
        FileKind.Script => FileKind.Text,
        FileKind.Database => FileKind.Data,
        _ => kind,
    };

    private static bool IsMedia(FileKind kind) => kind is FileKind.Image or FileKind.Audio or FileKind.Video or FileKind.Font;
}
