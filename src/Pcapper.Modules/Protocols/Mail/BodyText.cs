using System.Buffers;
using System.Net;
using System.Text;

namespace Pcapper.Modules.Protocols.Mail;

/// <summary>Makes lines of text out of a page of HTML, as far as judging it needs.</summary>
internal static class BodyText
{
    private const int LongestTag = 64;

    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n/>");

    /// <summary>Leaves out tags, scripts and styles; tags that break a line do so.</summary>
    public static string FromHtml(string html)
    {
        var text = new StringBuilder(html.Length);
        int at = 0;
        while (at < html.Length)
        {
            int open = html.IndexOf('<', at);
            text.Append(html, at, (open < 0 ? html.Length : open) - at);
            if (open < 0)
            {
                break;
            }

            int close = html.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            string name = Name(html.AsSpan(open + 1, Math.Min(close - open - 1, LongestTag)));
            at = close + 1;
            if (name is "script" or "style")
            {
                int end = html.IndexOf($"</{name}", at, StringComparison.OrdinalIgnoreCase);
                at = end < 0 ? html.Length : end;
            }
            else if (name is "br" or "p" or "div" or "tr" or "li" or "td" or "hr" or "h1" or "h2" or "h3" or "/p" or "/div" or "/tr" or "/td" or "/table")
            {
                text.Append('\n');
            }
        }

        return WebUtility.HtmlDecode(text.ToString());
    }

    private static string Name(ReadOnlySpan<char> tag)
    {
        int start = tag.StartsWith("/") ? 1 : 0;
        int end = tag[start..].IndexOfAny(s_ends);
        return (end < 0 ? tag : tag[..(start + end)]).ToString().ToLowerInvariant();
    }
}
