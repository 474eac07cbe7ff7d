using System.Text;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Undoes what attackers wrap around request texts: percent signs (also twice), overlong UTF-8, <c>+</c>, comments, letter case.</summary>
internal static class RequestText
{
    private const int MaxText = 8 * 1024;
    private const int MaxRounds = 3;

    /// <summary>Gives a text decoded, in lower case, with each run of white space and SQL comments as one space.</summary>
    public static string Normalize(string text, bool isForm)
    {
        string decoded = Decode(text, isForm);
        var result = new StringBuilder(decoded.Length);
        for (int i = 0; i < decoded.Length; i++)
        {
            char c = decoded[i];
            if (c == '/' && i + 1 < decoded.Length && decoded[i + 1] == '*' && decoded.IndexOf("*/", i + 2, StringComparison.Ordinal) is >= 0 and var end)
            {
                i = end + 1;
                c = ' ';
            }

            if (char.IsWhiteSpace(c))
            {
                if (result.Length == 0 || result[^1] != ' ')
                {
                    result.Append(' ');
                }
            }
            else if (c != '\0')
            {
                result.Append(char.ToLowerInvariant(c));
            }
        }

        return result.ToString();
    }

    /// <summary>Undoes percent signs, up to three layers of them.</summary>
    public static string Decode(string text, bool isForm)
    {
        text = text.Length > MaxText ? text[..MaxText] : text;
        text = isForm ? text.Replace('+', ' ') : text;
        for (int round = 0; round < MaxRounds && text.Contains('%', StringComparison.Ordinal); round++)
        {
            string decoded = DecodeOnce(text);
            if (decoded.Length == text.Length)
            {
                break;
            }

            text = decoded;
        }

        return text;
    }

    /// <summary>Resolves the look-ups with which Log4j attacks hide their letters: <c>${lower:j}</c>, <c>${::-n}</c>, <c>${env:X:-d}</c>.</summary>
    public static string WithoutLookups(string text)
    {
        // Each round removes one innermost look-up, so the text shrinks; 64 are more than fit into a name.
        for (int round = 0; round < 64; round++)
        {
            int end = text.IndexOf('}', StringComparison.Ordinal);
            int start = end < 0 ? -1 : text.LastIndexOf("${", end, StringComparison.Ordinal);
            if (start < 0)
            {
                break;
            }

            string inner = text[(start + 2)..end];
            int fallback = inner.IndexOf(":-", StringComparison.Ordinal);
            string? value = fallback >= 0 ? inner[(fallback + 2)..]
                : inner.StartsWith("lower:", StringComparison.Ordinal) || inner.StartsWith("upper:", StringComparison.Ordinal) ? inner[6..]
                : null;
            if (value is null)
            {
                break;
            }

            text = string.Concat(text.AsSpan(0, start), value, text.AsSpan(end + 1));
        }

        return text;
    }

    private static string DecodeOnce(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                result.Append(text[i]);
                continue;
            }

            if (i + 5 < text.Length && text[i + 1] is 'u' or 'U' && Number(text.AsSpan(i + 2, 4)) is >= 0 and var unit)
            {
                result.Append((char)unit);
                i += 5;
                continue;
            }

            int first = i + 2 < text.Length ? Number(text.AsSpan(i + 1, 2)) : -1;
            if (first < 0)
            {
                result.Append('%');
                continue;
            }

            i += 2;

            // Overlong UTF-8 of ASCII: C0 AF is a slash to careless decoders (CVE-2000-0884).
            if (first is 0xC0 or 0xC1 && i + 3 < text.Length && text[i + 1] == '%' && Number(text.AsSpan(i + 2, 2)) is >= 0x80 and < 0xC0 and var second)
            {
                first = ((first & 1) << 6) | (second & 0x3F);
                i += 3;
            }

            result.Append((char)first);
        }

        return result.ToString();
    }

    private static int Number(ReadOnlySpan<char> digits)
        => int.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out int value) ? value : -1;
}
