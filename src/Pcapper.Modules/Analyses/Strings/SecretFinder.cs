using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Finds secrets in a text by their form.</summary>
internal static class SecretFinder
{
    /// <summary>What a web token is called.</summary>
    public const string WebToken = "JSON web token";

    /// <summary>What a private key is called.</summary>
    public const string PrivateKey = "private key";

    /// <summary>What a password that is given a name is called.</summary>
    public const string Password = "password";

    private const string TokenMark = "eyJ";
    private const string KeyMark = "-----BEGIN ";
    private const int LongestTokenPart = 4096;
    private const int LeastKeyText = 32;

    private static readonly SearchValues<char> s_url = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_");
    private static readonly SearchValues<char> s_base64 = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/=");
    private static readonly SearchValues<string> s_marks = SearchValues.Create([.. SecretPatterns.All.Select(pattern => pattern.Mark), TokenMark, KeyMark], StringComparison.Ordinal);

    /// <summary>Tells quickly whether there may be one.</summary>
    public static bool MayHold(ReadOnlySpan<char> text) => text.ContainsAny(s_marks);

    /// <summary>Adds each secret of a text.</summary>
    public static void Find(ReadOnlySpan<char> text, List<FoundSecret> found)
    {
        int at = 0;
        while (text[at..].IndexOfAny(s_marks) is >= 0 and var skipped)
        {
            at += skipped;
            int length = At(text, at, found);
            at += Math.Max(1, length);
        }
    }

    /// <summary>Tells whether a line begins a private key in PEM (RFC 7468, 10 and 11; RFC 1421).</summary>
    public static bool BeginsKey(ReadOnlySpan<char> line) => line.StartsWith(KeyMark, StringComparison.Ordinal) && line.EndsWith("PRIVATE KEY-----", StringComparison.Ordinal) && line.Length <= 64;

    /// <summary>Tells whether a line is the first of the text of a key.</summary>
    public static bool IsKeyText(ReadOnlySpan<char> line)
        => (line.Length >= LeastKeyText && !line.ContainsAnyExcept(s_base64)) || line.StartsWith("Proc-Type:", StringComparison.Ordinal);

    // How long the secret is that stands there, or 0.
    private static int At(ReadOnlySpan<char> text, int at, List<FoundSecret> found)
    {
        ReadOnlySpan<char> rest = text[at..];
        if (rest.StartsWith(KeyMark, StringComparison.Ordinal))
        {
            return KeyInLine(rest, at, found);
        }

        if (at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '-'))
        {
            return 0;
        }

        if (rest.StartsWith(TokenMark, StringComparison.Ordinal))
        {
            int length = TokenLength(rest);
            if (length > 0)
            {
                found.Add(new FoundSecret(WebToken, rest[..length].ToString(), at));
            }

            return length;
        }

        foreach (SecretPattern pattern in SecretPatterns.All)
        {
            if (!rest.StartsWith(pattern.Mark, StringComparison.Ordinal))
            {
                continue;
            }

            ReadOnlySpan<char> behind = rest[pattern.Mark.Length..];
            int length = behind.IndexOfAnyExcept(pattern.Characters);
            length = length < 0 ? behind.Length : length;
            bool isWhole = length == behind.Length || !char.IsAsciiLetterOrDigit(behind[length]);
            if (length < pattern.Least || length > pattern.Most || !isWhole)
            {
                continue;
            }

            string secret = pattern.IsBehindMark ? behind[..length].ToString() : rest[..(pattern.Mark.Length + length)].ToString();
            if (pattern.Check?.Invoke(secret) != false)
            {
                found.Add(new FoundSecret(pattern.Kind, secret, pattern.IsBehindMark ? at + pattern.Mark.Length : at));
                return pattern.Mark.Length + length;
            }
        }

        return 0;
    }

    // In JSON a key is one line, with its lines' ends written as \n: the key of a Google service account is.
    private static int KeyInLine(ReadOnlySpan<char> text, int at, List<FoundSecret> found)
    {
        int end = text[KeyMark.Length..].IndexOf("-----", StringComparison.Ordinal);
        if (end < 0 || !text[..(KeyMark.Length + end)].EndsWith("PRIVATE KEY", StringComparison.Ordinal))
        {
            return 0;
        }

        end += KeyMark.Length + 5;
        ReadOnlySpan<char> behind = text[end..];
        if (!behind.StartsWith("\\n", StringComparison.Ordinal) || behind[2..].IndexOfAnyExcept(s_base64) is >= 0 and < LeastKeyText)
        {
            return 0;
        }

        int last = behind.IndexOf("-----END", StringComparison.Ordinal);
        int length = end + (last < 0 ? behind.Length : last);
        found.Add(new FoundSecret(PrivateKey, text[..length].ToString(), at));
        return length;
    }

    // RFC 7519, 3; RFC 7515, 3.1: header and payload are JSON objects in base64url, and the header names the algorithm.
    private static int TokenLength(ReadOnlySpan<char> text)
    {
        int header = Part(text);
        if (header == 0 || text.Length <= header || text[header] != '.')
        {
            return 0;
        }

        int payload = Part(text[(header + 1)..]);
        int signature = header + 1 + payload;
        if (payload == 0 || text.Length <= signature || text[signature] != '.' || !IsObject(text[..header], "alg") || !IsObject(text.Slice(header + 1, payload), null))
        {
            return 0;
        }

        int rest = text[(signature + 1)..].IndexOfAnyExcept(s_url);
        return rest < 0 ? text.Length : signature + 1 + rest;
    }

    private static int Part(ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExcept(s_url);
        return length is < 0 or > LongestTokenPart ? 0 : length;
    }

    private static bool IsObject(ReadOnlySpan<char> base64, string? member)
    {
        var characters = new byte[base64.Length];
        Encoding.ASCII.GetBytes(base64, characters);
        var bytes = new byte[Base64Url.GetMaxDecodedLength(base64.Length)];
        if (Base64Url.DecodeFromUtf8(characters, bytes, out _, out int written) != OperationStatus.Done)
        {
            return false;
        }

        return JsonObject.Has(bytes.AsSpan(0, written), member);
    }
}
