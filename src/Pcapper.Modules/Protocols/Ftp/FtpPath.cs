using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>Puts directories and names together.</summary>
internal static class FtpPath
{
    private const int MostParts = 256;

    /// <summary>Gets a path from a directory and what a command names in it; <c>.</c> and <c>..</c> are resolved.</summary>
    public static string Join(string directory, string name)
    {
        bool isAbsolute = name.StartsWith('/') || (name.Length > 2 && name[1] == ':' && char.IsAsciiLetter(name[0]));
        var parts = new List<string>();
        foreach (string part in (isAbsolute ? name : $"{directory}/{name}").Split('/', MostParts))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part.Length > 0 && part is not ("." or ".."))
            {
                parts.Add(part);
            }
        }

        string path = "/" + string.Join('/', parts);
        return path.Length <= Limits.Text ? path : path[..Limits.Text];
    }

    /// <summary>Gets the path between the quotes of a reply (RFC 959, appendix II); doubled quotes are one.</summary>
    public static string? Quoted(string text)
    {
        int start = text.IndexOf('"', StringComparison.Ordinal);
        int end = text.LastIndexOf('"');
        return start >= 0 && end > start ? text[(start + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal) : null;
    }
}
