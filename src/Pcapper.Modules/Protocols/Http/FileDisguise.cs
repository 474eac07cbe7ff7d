namespace Pcapper.Modules.Protocols.Http;

/// <summary>Compares what content is with what its declared type and its name say it is.</summary>
internal static class FileDisguise
{
    private static readonly HashSet<string> s_executableNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "exe", "dll", "scr", "msi", "sys", "cab", "ocx", "com", "cpl", "drv", "ax", "efi", "mui", "pyd", "xpi", "bin", "so", "elf", "out", "o", "ko", "axf", "prx", "puff", "run", "dat", "img", "node",
    };

    private static readonly HashSet<string> s_harmlessNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "jpg", "jpeg", "png", "gif", "bmp", "ico", "webp", "svg", "tif", "tiff", "mp3", "mp4", "wav", "avi", "txt", "log", "csv", "html", "htm", "css", "js", "json", "xml", "pdf", "doc", "docx", "xls",
        "xlsx", "ppt", "pptx", "rtf", "woff", "woff2", "ttf", "zip",
    };

    private static readonly HashSet<string> s_scriptNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "ps1", "psm1", "vbs", "vbe", "hta", "bat", "cmd", "sh", "wsf", "jse", "py", "pl", "sct", "jar", "msi",
    };

    /// <summary>Tells whether content is a program.</summary>
    public static bool IsExecutable(string? sniffed) => sniffed is "application/x-dosexec" or "application/x-executable" or "application/x-mach-o-executable";

    /// <summary>Tells whether content is a script that a system runs, by itself or by its name.</summary>
    public static bool IsScript(string? sniffed, string? name)
        => sniffed is "text/x-shellscript" or "application/java-vm" || (s_scriptNames.Contains(Extension(name)) && sniffed is not "text/html");

    /// <summary>Tells whether a declared type is that of pictures, sound, video or fonts.</summary>
    public static bool IsMedia(string? declared)
        => declared is not null && (declared.StartsWith("image/", StringComparison.Ordinal) || declared.StartsWith("audio/", StringComparison.Ordinal)
            || declared.StartsWith("video/", StringComparison.Ordinal) || declared.StartsWith("font/", StringComparison.Ordinal));

    /// <summary>Tells whether a name claims to be something that is not run.</summary>
    public static bool IsHarmlessName(string? name) => s_harmlessNames.Contains(Extension(name));

    /// <summary>Tells whether a program is declared or named as something that is not run. Sloppy servers call programs texts: that alone does not count.</summary>
    public static bool IsDisguised(string? declared, string? name, string? sniffed)
    {
        if (!IsExecutable(sniffed))
        {
            return false;
        }

        bool isNamedHonestly = s_executableNames.Contains(Extension(name));
        bool isText = declared is "text/html" or "text/css" or "text/javascript" or "application/javascript" or "application/json" or "application/pdf" or "text/xml"
            || (declared == "text/plain" && !isNamedHonestly);
        return IsHarmlessName(name) || IsMedia(declared) || (isText && !isNamedHonestly);
    }

    private static string Extension(string? name)
    {
        int dot = name?.LastIndexOf('.') ?? -1;
        return dot < 0 || name!.Length - dot > 8 ? string.Empty : name[(dot + 1)..];
    }
}
