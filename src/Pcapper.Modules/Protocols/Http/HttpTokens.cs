namespace Pcapper.Modules.Protocols.Http;

/// <summary>Tokens that stand for a login: session cookies (RFC 6265) and API keys.</summary>
internal static class HttpTokens
{
    private const int MaxCookies = 64;
    private const int ShortestToken = 8;

    // Names that the makers of web frameworks gave to their session cookies.
    private static readonly HashSet<string> s_sessions = new(StringComparer.OrdinalIgnoreCase)
    {
        "PHPSESSID", "JSESSIONID", "ASP.NET_SessionId", ".ASPXAUTH", ".AspNetCore.Identity.Application", "connect.sid", "sessionid", "session_id", "session", "sid",
        "laravel_session", "_session_id", "CFID", "CFTOKEN", "CAKEPHP", "ci_session", "auth_token", "access_token", "token", "jwt", "remember_token", "SSESS", "MoodleSession",
    };

    private static readonly string[] s_keys = ["X-Api-Key", "Api-Key", "X-Auth-Token", "X-Access-Token", "X-Vault-Token", "Private-Token"];

    // RFC 6750, 2.3, and what programs call their keys.
    private static readonly HashSet<string> s_fields = new(StringComparer.OrdinalIgnoreCase) { "access_token", "auth_token", "api_key", "apikey", "api-key", "x-api-key" };

    /// <summary>Gets the tokens of a request: the scheme, what the token is called, the token, and how it is written.</summary>
    public static IEnumerable<(string Scheme, string Name, string Token, string OnWire)> Of(HttpMessage request)
    {
        int query = request.Target.IndexOf('?', StringComparison.Ordinal);
        foreach ((string name, string value) in query < 0 ? [] : HttpForms.Fields(request.Target[(query + 1)..]))
        {
            if (value.Length > 0 && s_fields.Contains(name))
            {
                yield return ("query", name, HttpForms.Text(value), value);
            }
        }

        foreach ((string name, string value) in request.Fields)
        {
            if (name.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            {
                foreach (string cookie in value.Split(';', MaxCookies, StringSplitOptions.TrimEntries))
                {
                    int equals = cookie.IndexOf('=', StringComparison.Ordinal);
                    if (equals > 0 && IsSession(cookie[..equals]) && cookie.Length - equals > ShortestToken)
                    {
                        yield return ("cookie", cookie[..equals], cookie[(equals + 1)..], cookie[(equals + 1)..]);
                    }
                }
            }
            else if (s_keys.Contains(name, StringComparer.OrdinalIgnoreCase) && value.Length > 0)
            {
                yield return ("api-key", name, value.Trim(), value.Trim());
            }
        }
    }

    private static bool IsSession(string name) => s_sessions.Contains(name) || name.StartsWith("ASPSESSIONID", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("wordpress_logged_in_", StringComparison.OrdinalIgnoreCase);
}
