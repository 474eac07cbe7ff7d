using System.Text;

namespace Pcapper.Engine;

/// <summary>Writes text so that Markdown (CommonMark and GitHub's dialect) takes all of it for text.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>#|~$^&!@";

    /// <summary>Escapes a text for a paragraph, a list item or a table cell.</summary>
    public static string Escape(string? text, int maximum = 1024)
    {
        string printable = Printable.From(text, maximum).Trim(' ');
        var escaped = new StringBuilder(printable.Length + 8);
        for (int i = 0; i < printable.Length; i++)
        {
            char c = printable[i];
            if (Special.Contains(c, StringComparison.Ordinal) || IsLinkMaker(printable, i) || IsLineMaker(printable, i))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Makes a code span, whatever backticks are in the text.</summary>
    public static string Code(string? text, int maximum = 4096)
    {
        string printable = Printable.From(text, maximum);
        int longest = 0;
        int run = 0;
        foreach (char c in printable)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        string fence = new('`', longest + 1);
        string pad = printable.StartsWith('`') || printable.EndsWith('`') || printable.StartsWith(' ') || printable.Length == 0 ? " " : string.Empty;
        return $"{fence}{pad}{printable}{pad}{fence}";
    }

    // GitHub makes links of http://…, www.… and mail addresses: hostile ones should not be one click away.
    private static bool IsLinkMaker(string text, int at)
        => (text[at] == ':' && at + 1 < text.Length && text[at + 1] == '/')
            || (text[at] == '.' && at >= 3 && text.AsSpan(at - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase));

    // "-", "+" and "=" begin lists, rules and headings; "1." and "1)" begin lists.
    private static bool IsLineMaker(string text, int at) => text[at] switch
    {
        '-' or '+' or '=' => at == 0,
        '.' or ')' => at > 0 && (at + 1 == text.Length || text[at + 1] == ' ') && text.AsSpan(0, at).IndexOfAnyExceptInRange('0', '9') < 0,
        _ => false,
    };
}
