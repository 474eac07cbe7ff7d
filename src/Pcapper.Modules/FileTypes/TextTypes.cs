using System.Text;

namespace Pcapper.Modules.FileTypes;

/// <summary>Tells kinds of text apart: markup by how it begins, scripts by their first line or by several words that belong together.</summary>
internal static class TextTypes
{
    private const int Most = 4096;
    private const int Enough = 2;   // one such word stands in prose, too

    private static readonly FileType s_html = new("text/html", FileKind.Text, "html", "htm", "shtml", "xhtml", "php", "asp", "aspx", "jsp");
    private static readonly FileType s_application = new("application/hta", FileKind.Script, "hta");
    private static readonly FileType s_xml = new("text/xml", FileKind.Text, "xml", "xsd", "xsl", "rss", "atom", "xhtml", "plist", "config", "manifest");
    private static readonly FileType s_svg = new("image/svg+xml", FileKind.Image, "svg");
    private static readonly FileType s_scriptlet = new("text/scriptlet", FileKind.Script, "sct", "wsc", "wsf");
    private static readonly FileType s_php = new("text/x-php", FileKind.Text, "php", "phtml", "inc");
    private static readonly FileType s_json = new("application/json", FileKind.Text, "json", "map", "geojson");
    private static readonly FileType s_plain = new("text/plain", FileKind.Text, "txt", "log", "csv", "css", "js", "md", "ini", "conf", "cfg", "yml", "yaml", "c", "h", "py", "pl", "rb", "sh", "sql");
    private static readonly FileType s_shell = new("text/x-shellscript", FileKind.Script, "sh", "bash", "run", "cgi");
    private static readonly FileType s_python = new("text/x-python", FileKind.Script, "py", "cgi");
    private static readonly FileType s_perl = new("text/x-perl", FileKind.Script, "pl", "cgi");
    private static readonly FileType s_batch = new("text/x-msdos-batch", FileKind.Script, "bat", "cmd");
    private static readonly FileType s_powerShell = new("text/x-powershell", FileKind.Script, "ps1", "psm1", "psd1");
    private static readonly FileType s_visualBasic = new("text/vbscript", FileKind.Script, "vbs", "vba", "bas");
    private static readonly FileType s_javaScript = new("text/x-jscript", FileKind.Script, "js", "jse");
    private static readonly FileType s_encoded = new("text/x-encoded-script", FileKind.Script, "vbe", "jse");

    private static readonly string[] s_powerShellWords =
    [
        "invoke-expression", "iex(", "iex (", "new-object net.webclient", "new-object system.net.webclient", ".downloadstring(", ".downloadfile(", "[system.convert]::", "[convert]::frombase64string", "$env:",
        "write-host", "invoke-webrequest", "set-executionpolicy", "-executionpolicy", "[system.reflection.assembly]::", "start-process", "add-type", "[cmdletbinding()]", "$psscriptroot", "$erroractionpreference",
        "get-wmiobject", "start-bitstransfer", "[system.text.encoding]::",
    ];

    private static readonly string[] s_visualBasicWords = ["on error resume next", "createobject(", "wscript.", "end sub", "end function", "\ndim ", "set objshell", "execute(", "chrw("];

    private static readonly string[] s_javaScriptWords = ["new activexobject(", "wscript."];

    /// <summary>Gets the kind of text, or null if it is none.</summary>
    public static FileType? Sniff(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> head = content[..Math.Min(content.Length, Most)];
        string? text = Decode(head);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Markup(text) ?? Script(text) ?? (text[0] is '{' or '[' ? s_json : s_plain);
    }

    private static string? Decode(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, _, _, ..] && !head[2..4].SequenceEqual((ReadOnlySpan<byte>)[0, 0]))
        {
            string wide = Encoding.Unicode.GetString(head[2..]);
            return wide.AsSpan().ContainsAnyInRange('\0', '\x08') ? null : wide.ToLowerInvariant().TrimStart();
        }

        head = head.StartsWith("\xEF\xBB\xBF"u8) ? head[3..] : head;
        int checkedLength = Math.Min(head.Length, 512);
        if (head[..checkedLength].ContainsAnyInRange((byte)0, (byte)8) || !System.Text.Unicode.Utf8.IsValid(head[..Math.Max(checkedLength - 3, Math.Min(1, checkedLength))]))
        {
            return null;
        }

        return Encoding.Latin1.GetString(head).ToLowerInvariant().TrimStart();
    }

    private static FileType? Markup(string text)
    {
        if (text[0] != '<' && !text.StartsWith("#@~^", StringComparison.Ordinal))
        {
            return null;
        }

        if (text.StartsWith("#@~^", StringComparison.Ordinal))
        {
            return s_encoded;
        }

        bool isHtml = Begins(text, "<!doctype html", "<html", "<head", "<body", "<script", "<meta ", "<hta:");
        if (isHtml)
        {
            return text.Contains("<hta:application", StringComparison.Ordinal) ? s_application : s_html;
        }

        return Begins(text, "<svg") ? s_svg
            : Begins(text, "<scriptlet", "<package", "<job") && text.Contains("<script", StringComparison.Ordinal) ? s_scriptlet
            : Begins(text, "<?xml") ? Xml(text)
            : Begins(text, "<?php") ? s_php : null;
    }

    private static FileType Xml(string text)
        => text.Contains("<scriptlet", StringComparison.Ordinal) && text.Contains("<script", StringComparison.Ordinal) ? s_scriptlet
            : text.Contains("<svg", StringComparison.Ordinal) ? s_svg
            : text.Contains("<html", StringComparison.Ordinal) ? s_html : s_xml;

    private static FileType? Script(string text)
    {
        if (text.StartsWith("#!", StringComparison.Ordinal))
        {
            int end = text.IndexOf('\n', StringComparison.Ordinal);
            string line = end < 0 ? text : text[..end];
            return line.Contains("python", StringComparison.Ordinal) ? s_python : line.Contains("perl", StringComparison.Ordinal) ? s_perl : line.Contains("pwsh", StringComparison.Ordinal) ? s_powerShell : s_shell;
        }

        return Begins(text, "@echo off", "@echo  off") ? s_batch
            : Has(text, s_javaScriptWords) == s_javaScriptWords.Length && text.Contains("var ", StringComparison.Ordinal) ? s_javaScript
            : Has(text, s_powerShellWords) >= Enough ? s_powerShell
            : Has(text, s_visualBasicWords) >= Enough + 1 ? s_visualBasic : null;
    }

    private static bool Begins(string text, params ReadOnlySpan<string> starts)
    {
        foreach (string start in starts)
        {
            if (text.StartsWith(start, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static int Has(string text, string[] words)
    {
        int found = 0;
        foreach (string word in words)
        {
            found += text.Contains(word, StringComparison.Ordinal) ? 1 : 0;
        }

        return found;
    }
}
