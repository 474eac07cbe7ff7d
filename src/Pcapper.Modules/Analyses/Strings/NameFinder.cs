using System.Buffers;
using Pcapper.Modules.Analyses.Ioc;
using Pcapper.Modules.Data;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>
/// Finds mail addresses and host names in texts. Much that has a dot is no host name (<c>System.IO</c>, <c>main.py</c>, <c>window.top</c>): names that
/// stand alone are taken only below endings that are neither words of programs nor endings of files.
/// </summary>
internal static class NameFinder
{
    private const int LeastOwn = 3;
    private const int LongestName = 253;

    private static readonly SearchValues<char> s_name = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.");
    private static readonly SearchValues<char> s_mailbox = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.+");

    private static readonly HashSet<string> s_general = new(StringComparer.Ordinal)
    {
        "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "onion", "arpa", "xyz", "club", "online", "site", "icu", "shop", "buzz", "website", "space",
    };

    // Of two letters, and words of programs or endings of files.
    private static readonly HashSet<string> s_ambiguous = new(StringComparer.Ordinal)
    {
        "ad", "ai", "al", "am", "ar", "as", "at", "ba", "be", "by", "bz", "ca", "cc", "cd", "cl", "cs", "do", "gt", "id", "il", "im", "in", "io", "is", "it", "js", "la", "lb", "li", "lt", "ma", "mc", "md", "me", "mk", "ml", "mm", "mo", "ms", "mt", "my", "na",
        "ne", "no", "nr", "pa", "pl", "pm", "pr", "ps", "pt", "py", "re", "rs", "sa", "sc", "sh", "so", "sr", "st", "sv", "tc", "td", "tf", "tm", "to", "tr", "tt", "tv", "us", "va", "vc", "ws",
    };

    /// <summary>Adds the mail addresses of a text.</summary>
    public static void Mailboxes(string text, List<string> found)
    {
        for (int at = 0; (at = text.IndexOf('@', at)) >= 0; at++)
        {
            int start = at;
            while (start > 0 && s_mailbox.Contains(text[start - 1]))
            {
                start--;
            }

            ReadOnlySpan<char> behind = text.AsSpan(at + 1);
            int length = behind.IndexOfAnyExcept(s_name);
            ReadOnlySpan<char> domain = (length < 0 ? behind : behind[..length]).TrimEnd(".-_");
            if (at - start >= 2 && char.IsAsciiLetterOrDigit(text[start]) && IsHost(domain, isNamed: true)
                && IocValues.Email(string.Concat(text.AsSpan(start, at - start), "@", domain)) is { } address && !found.Contains(address, StringComparer.Ordinal))
            {
                found.Add(address);
            }
        }
    }

    /// <summary>Adds the host names of a text that stand alone.</summary>
    public static void Hosts(string text, List<string> found)
    {
        int at = 0;
        while (text.AsSpan(at).IndexOfAny(s_name) is >= 0 and var skipped)
        {
            at += skipped;
            ReadOnlySpan<char> rest = text.AsSpan(at);
            int length = rest.IndexOfAnyExcept(s_name);
            length = length < 0 ? rest.Length : length;
            ReadOnlySpan<char> name = rest[..length].Trim(".-_");
            bool isCalled = length < rest.Length && rest[length] is '(' or '[' or '=' or '\\';
            bool isPart = at > 0 && text[at - 1] is '@' or '/' or '\\' or '$' or '%';
            if (!isCalled && !isPart && name.Contains('.') && IsHost(name, isNamed: false) && IocValues.Domain(name.ToString()) is { } domain && !found.Contains(domain, StringComparer.Ordinal))
            {
                found.Add(domain);
            }

            at += length;
        }
    }

    private static bool IsHost(ReadOnlySpan<char> name, bool isNamed)
    {
        int dot = name.LastIndexOf('.');
        if (dot <= 0 || name.Length - dot - 1 < 2 || name.Length > LongestName || name[(dot + 1)..].ContainsAnyExceptInRange('A', 'z'))
        {
            return false;
        }

        string ending = name[(dot + 1)..].ToString().ToLowerInvariant();
        if (!isNamed && !s_general.Contains(ending) && (ending.Length > 2 || s_ambiguous.Contains(ending)))
        {
            return false;
        }

        if (!isNamed && name.ContainsAnyInRange('A', 'Z') && name.ContainsAnyInRange('a', 'z'))
        {
            return false;
        }

        string? registered = PublicSuffixes.RegisteredDomain(name.ToString());
        return registered is not null && PublicSuffixes.IsSuffix(ending) && registered.IndexOf('.', StringComparison.Ordinal) >= (isNamed ? 1 : LeastOwn);
    }
}
