using System.Buffers;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>
/// Finds passwords that are given a name: <c>DB_PASSWORD=x</c>, <c>password: x</c>. Programs and pages are full of the word, so the text must
/// be such an assignment and nothing else, as in files of settings, or one of several that <c>&amp;</c> or <c>;</c> separate; and the value must not
/// be what programs write: a call, a member, a placeholder, a word of the language.
/// </summary>
internal static class AssignmentFinder
{
    private const int LongestName = 40;
    private const int LeastValue = 4;
    private const int LongestValue = 128;

    private static readonly SearchValues<char> s_name = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.");
    private static readonly SearchValues<char> s_code = SearchValues.Create(" \t()[]{}<>\"'`,;|\\");

    private static readonly string[] s_ends = ["password", "passwd", "passphrase", "client_secret", "secret_key", "secretkey", "api_key", "apikey", "api-key", "access_token", "auth_token", "aws_secret_access_key"];

    private static readonly SearchValues<string> s_words = SearchValues.Create(s_ends, StringComparison.OrdinalIgnoreCase);

    private static readonly string[] s_placeholders =
    [
        "null", "none", "nil", "true", "false", "undefined", "password", "passwd", "secret", "required", "optional", "string", "text", "hidden", "changeme", "example", "prompt", "value", "this", "your", "enter", "xxxx", "****", "....", "----",
    ];

    /// <summary>Tells quickly whether there may be one.</summary>
    public static bool MayHold(ReadOnlySpan<char> text) => text.ContainsAny(s_words);

    /// <summary>Adds each password of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isLine">Whether it is a line of its own.</param>
    /// <param name="found">Where they go.</param>
    public static void Find(ReadOnlySpan<char> text, bool isLine, List<FoundSecret> found)
    {
        foreach (Range part in text.SplitAny('&', ';'))
        {
            ReadOnlySpan<char> assignment = text[part];
            bool isOnly = assignment.Length == text.Length || text[^1] == ';';
            int start = part.Start.GetOffset(text.Length);
            if ((isOnly ? isLine : assignment.Contains('=')) && Value(assignment, out int at, out int length))
            {
                found.Add(new FoundSecret(SecretFinder.Password, assignment.Slice(at, length).ToString(), start + at));
            }
        }
    }

    private static bool Value(ReadOnlySpan<char> text, out int at, out int length)
    {
        at = 0;
        length = 0;
        int mark = text.IndexOfAny('=', ':');
        if (mark <= 0 || mark > LongestName + 4)
        {
            return false;
        }

        ReadOnlySpan<char> name = text[..mark].Trim(" \t\"'");
        name = name.StartsWith("export ", StringComparison.Ordinal) ? name[7..] : name;
        if (name.Length is 0 or > LongestName || name.ContainsAnyExcept(s_name) || !IsPassword(name))
        {
            return false;
        }

        at = mark + 1;
        ReadOnlySpan<char> value = text[at..];
        int blank = value.Length - value.TrimStart(" \t").Length;
        at += blank;
        value = value[blank..].TrimEnd(" \t,");
        bool isQuoted = value.Length > 2 && value[0] is '"' or '\'' && value[^1] == value[0];
        if (isQuoted)
        {
            at++;
            value = value[1..^1];
        }

        length = value.Length;
        return length is >= LeastValue and <= LongestValue && !value.ContainsAny(s_code) && IsMeant(value, text[mark], isQuoted);
    }

    private static bool IsPassword(ReadOnlySpan<char> name)
    {
        foreach (string end in s_ends)
        {
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMeant(ReadOnlySpan<char> value, char mark, bool isQuoted)
    {
        if (value[0] is '$' or '%' or '#' or '@' or '&' or '=' or '/' || value.Contains("${", StringComparison.Ordinal) || value.ContainsAnyExceptInRange('!', '~'))
        {
            return false;
        }

        foreach (string placeholder in s_placeholders)
        {
            if (value.StartsWith(placeholder, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        bool hasDigit = value.ContainsAnyInRange('0', '9');
        bool hasLetter = value.ContainsAnyInRange('a', 'z') || value.ContainsAnyInRange('A', 'Z');
        bool isMember = !isQuoted && value.Contains('.') && !value.ContainsAnyExcept(s_name);

        // "password": "Passwort" is a translation, and password: name a program.
        return hasLetter && !isMember && (hasDigit || (mark == '=' && !isQuoted));
    }
}
