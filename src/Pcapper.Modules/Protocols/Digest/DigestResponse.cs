using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Digest;

/// <summary>The parameters of a Digest authorization, which HTTP, SIP and RTSP share (RFC 7616, 3.4; RFC 3261, 22.4; RFC 2326, D).</summary>
internal static class DigestResponse
{
    private const int Mode = 11400;
    private const int Digest = 32;
    private const int MaxParameters = 32;

    // What hashcat's parser takes.
    private const int LongestUser = 116;
    private const int LongestSalt = 117;
    private const int LongestUri = 246;
    private const int LongestSecondHash = 255;
    private const int LongestNonce = 512;

    /// <summary>Gets the user, the realm and the line for hashcat, or what there is of them.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="parameters">What follows <c>Digest </c>.</param>
    public static (string? User, string? Realm, HashLine? Line) Read(string? method, string parameters)
    {
        Dictionary<string, string> fields = Fields(parameters);
        string? user = fields.GetValueOrDefault("username");
        string? realm = fields.GetValueOrDefault("realm");
        return (user, realm, user is null || realm is null || method is null ? null : Line(method, user, realm, fields));
    }

    private static HashLine? Line(string method, string user, string realm, Dictionary<string, string> fields)
    {
        string uri = fields.GetValueOrDefault("uri", string.Empty);
        string nonce = fields.GetValueOrDefault("nonce", string.Empty);
        string cnonce = fields.GetValueOrDefault("cnonce", string.Empty);
        string count = fields.GetValueOrDefault("nc", string.Empty);
        string qop = fields.GetValueOrDefault("qop", string.Empty);
        string response = fields.GetValueOrDefault("response", string.Empty).ToLowerInvariant();
        bool isMd5 = fields.GetValueOrDefault("algorithm", "MD5").Equals("MD5", StringComparison.OrdinalIgnoreCase) && qop is "" or "auth"
            && response.Length == Digest && response.All(char.IsAsciiHexDigitLower);
        bool fits = user.Length <= LongestUser && user.Length + realm.Length <= LongestSalt && uri.Length is > 0 and <= LongestUri
            && method.Length + 1 + uri.Length <= LongestSecondHash && nonce.Length is > 0 and <= LongestNonce && cnonce.Length + count.Length <= LongestNonce / 2;
        bool isClean = !string.Concat(method, user, realm).Concat(uri).Concat(nonce).Concat(cnonce).Concat(count).Any(c => c == '*' || char.IsControl(c) || char.IsSurrogate(c));

        // hashcat puts method, scheme, resource and suffix of the address together again: it may as well stand in one field.
        return isMd5 && fits && isClean
            ? new(Mode, $"$sip$***{user}*{realm}*{method}**{uri}**{nonce}*{cnonce}*{count}*{qop}*MD5*{response}") : null;
    }

    // name="value, with commas", other=value
    private static Dictionary<string, string> Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        ReadOnlySpan<char> rest = text;
        while (fields.Count < MaxParameters && rest.IndexOf('=') is > 0 and var equals)
        {
            string name = rest[..equals].Trim(" ,\t").ToString();
            rest = rest[(equals + 1)..].TrimStart();
            bool isQuoted = rest is ['"', ..];
            rest = isQuoted ? rest[1..] : rest;
            int end = rest.IndexOf(isQuoted ? '"' : ',');
            end = end < 0 ? rest.Length : end;
            fields.TryAdd(name, rest[..end].Trim().ToString());
            rest = rest[Math.Min(rest.Length, end + 1)..];
        }

        return fields;
    }
}
