using System.Text;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc.Lists;

/// <summary>
/// Reads the simple patterns of STIX 2.1 (section 9): comparisons for equality, joined by AND and OR within and between observations.
/// Everything else (other operators, qualifiers, FOLLOWEDBY, parentheses, unknown objects) is not read at all rather than half.
/// </summary>
internal static class StixPattern
{
    private const int Longest = 16 * 1024;

    /// <summary>Gets the alternatives, each a list of terms that must all be seen; null if the pattern is not simple.</summary>
    public static IReadOnlyList<IReadOnlyList<WatchedTerm>>? Read(string pattern)
    {
        if (pattern.Length > Longest || Tokens(pattern) is not { } tokens)
        {
            return null;
        }

        int at = 0;
        var all = new List<List<WatchedTerm>>();
        List<List<WatchedTerm>>? current = null;
        while (true)
        {
            if (Observation(tokens, ref at) is not { } next)
            {
                return null;
            }

            current = current is null ? next : Both(current, next);
            if (current is null)
            {
                return null;
            }

            // AND binds more strongly than OR, between observations as well (9.2.3).
            string word = at < tokens.Count ? tokens[at++] : "";
            if (word != "AND")
            {
                all.AddRange(current);
                current = null;
            }

            if (word.Length == 0 || all.Count > Limits.IocTerms)
            {
                return all.Count is > 0 and <= Limits.IocTerms ? all : null;
            }

            if (word is not ("AND" or "OR"))
            {
                return null;
            }
        }
    }

    private static List<List<WatchedTerm>>? Observation(List<string> tokens, ref int at)
    {
        if (at >= tokens.Count || tokens[at++] != "[")
        {
            return null;
        }

        var alternatives = new List<List<WatchedTerm>> { new() };
        while (at + 3 < tokens.Count)
        {
            if (tokens[at + 1] is not ("=" or "==") || tokens[at + 2][0] != '\'' || Term(tokens[at], tokens[at + 2][1..]) is not { } term)
            {
                return null;
            }

            alternatives[^1].Add(term);
            string word = tokens[at + 3];
            at += 4;
            if (word == "]")
            {
                return alternatives.TrueForAll(a => a.Count <= Limits.IocTerms) ? alternatives : null;
            }

            if (word == "OR" && alternatives.Count < Limits.IocTerms)
            {
                alternatives.Add([]);
            }
            else if (word != "AND")
            {
                return null;
            }
        }

        return null;
    }

    private static List<List<WatchedTerm>>? Both(List<List<WatchedTerm>> left, List<List<WatchedTerm>> right)
    {
        if (left.Count * right.Count > Limits.IocTerms || left.Max(l => l.Count) + right.Max(r => r.Count) > Limits.IocTerms)
        {
            return null;
        }

        return [.. left.SelectMany(l => right.Select(r => new List<WatchedTerm>([.. l, .. r])))];
    }

    private static WatchedTerm? Term(string path, string value)
    {
        IndicatorKind? kind = path.Replace("\"", "'", StringComparison.Ordinal) switch
        {
            "ipv4-addr:value" or "ipv6-addr:value" or "network-traffic:dst_ref.value" or "network-traffic:src_ref.value" => IndicatorKind.Address,
            "domain-name:value" => IndicatorKind.Domain,
            "url:value" => IndicatorKind.Url,
            "email-addr:value" or "email-message:from_ref.value" or "email-message:sender_ref.value" => IndicatorKind.Email,
            "file:hashes.MD5" or "file:hashes.'MD5'" => IndicatorKind.Md5,
            "file:hashes.'SHA-1'" => IndicatorKind.Sha1,
            "file:hashes.'SHA-256'" => IndicatorKind.Sha256,
            "x509-certificate:hashes.'SHA-256'" => IndicatorKind.Certificate,
            "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'" => IndicatorKind.UserAgent,
            _ => null,
        };
        return kind is { } known ? IocListBuilder.Term(known, value, isWhole: true) : null;
    }

    // Brackets, operators, words and paths; a string constant keeps its first quote to be told from them.
    private static List<string>? Tokens(string pattern)
    {
        const int MostTokens = 2048;
        var tokens = new List<string>();
        int at = 0;
        while (at < pattern.Length && tokens.Count < MostTokens)
        {
            char c = pattern[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c is '[' or ']')
            {
                tokens.Add(c.ToString());
                at++;
            }
            else if (c == '=')
            {
                int length = at + 1 < pattern.Length && pattern[at + 1] == '=' ? 2 : 1;
                tokens.Add(pattern.Substring(at, length));
                at += length;
            }
            else if (c == '\'')
            {
                if (Constant(pattern, ref at) is not { } constant)
                {
                    return null;
                }

                tokens.Add(constant);
            }
            else
            {
                if (Path(pattern, ref at) is not { } path)
                {
                    return null;
                }

                tokens.Add(path);
            }
        }

        return at < pattern.Length ? null : tokens;
    }

    private static string? Constant(string pattern, ref int at)
    {
        var text = new StringBuilder("'");
        for (at++; at < pattern.Length; at++)
        {
            if (pattern[at] == '\\' && at + 1 < pattern.Length)
            {
                text.Append(pattern[++at]);
            }
            else if (pattern[at] == '\'')
            {
                at++;
                return text.ToString();
            }
            else
            {
                text.Append(pattern[at]);
            }
        }

        return null;
    }

    // Quoted parts of a path may hold what ends it elsewhere.
    private static string? Path(string pattern, ref int at)
    {
        int start = at;
        char quote = '\0';
        for (; at < pattern.Length; at++)
        {
            char c = pattern[at];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':'))
            {
                break;
            }
        }

        return at == start || quote != '\0' ? null : pattern[start..at];
    }
}
