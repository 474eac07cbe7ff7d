using System.Buffers;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mail;

/// <summary>Finds URLs in texts and pages.</summary>
internal static class UrlFinder
{
    private const int LongestScheme = 8;

    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n\f\v\"'<>`{}|\\^");

    /// <summary>Adds the URLs of a text that are not known yet, as far as there is room.</summary>
    public static void Add(string text, List<string> urls)
    {
        for (int at = 0; urls.Count < Limits.MailAddresses && (at = text.IndexOf("://", at, StringComparison.Ordinal)) >= 0; at += 3)
        {
            int start = at;
            while (start > 0 && at - start < LongestScheme && char.IsAsciiLetter(text[start - 1]))
            {
                start--;
            }

            ReadOnlySpan<char> scheme = text.AsSpan(start, at - start);
            if (!scheme.Equals("http", StringComparison.OrdinalIgnoreCase) && !scheme.Equals("https", StringComparison.OrdinalIgnoreCase) && !scheme.Equals("ftp", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            ReadOnlySpan<char> rest = text.AsSpan(at + 3, Math.Min(text.Length - at - 3, Limits.Text - LongestScheme));
            int end = rest.IndexOfAny(s_ends);
            rest = end < 0 ? rest : rest[..end];
            at += rest.Length;
            rest = rest.TrimEnd(".,;:!?");
            rest = rest.EndsWith(")") && !rest.Contains('(') ? rest[..^1] : rest;
            if (IsNamespace(rest))
            {
                continue;
            }

            if (rest.Length < 3 || !char.IsLetterOrDigit(rest[0]) && rest[0] != '[')
            {
                continue;
            }

            string url = string.Concat(scheme, "://", rest);
            if (!urls.Contains(url, StringComparer.Ordinal))
            {
                urls.Add(url);
            }
        }
    }

    // Names of XML vocabularies look like URLs; nobody follows them.
    private static bool IsNamespace(ReadOnlySpan<char> url)
        => url.StartsWith("www.w3.org/", StringComparison.OrdinalIgnoreCase) || url.StartsWith("schemas.", StringComparison.OrdinalIgnoreCase) || url.StartsWith("ns.adobe.com/", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("purl.org/", StringComparison.OrdinalIgnoreCase);
}
