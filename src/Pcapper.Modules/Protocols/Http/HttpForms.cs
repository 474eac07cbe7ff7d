using System.Text;
using System.Text.RegularExpressions;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Forms in bodies and queries (WHATWG URL, 5: application/x-www-form-urlencoded), as far as they were kept.</summary>
internal static class HttpForms
{
    private const int MaxFields = 128;

    // A member of an object whose value is a text.
    private static readonly Regex s_member = new("\"(?<name>[A-Za-z0-9_]{1,64})\"\\s*:\\s*\"(?<value>(?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly HashSet<string> s_secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "pass", "password", "passwd", "pwd", "passw", "passwort", "motdepasse", "pin", "user_pass", "userpassword", "user_password", "login_password", "j_password", "log_pass", "pma_password", "txtpassword", "psw",
    };

    private static readonly HashSet<string> s_users = new(StringComparer.OrdinalIgnoreCase)
    {
        "user", "username", "login", "email", "mail", "name", "uname", "userid", "user_id", "user_name", "log", "j_username", "uid", "account", "pma_username", "txtusername", "loginname",
    };

    /// <summary>Gets the start of a request's body as text, one character a byte; empty if it is no text of a form or of data.</summary>
    public static string Body(HttpMessage request)
    {
        string? type = request.MediaType;
        bool isText = type is null or "application/x-www-form-urlencoded" || type.Contains("json", StringComparison.Ordinal) || type.Contains("xml", StringComparison.Ordinal)
            || type.StartsWith("text/", StringComparison.Ordinal);
        ReadOnlySpan<byte> start = request.BodyStart.Span;
        return isText && !start.ContainsAnyInRange((byte)0, (byte)8) ? Encoding.Latin1.GetString(start) : string.Empty;
    }

    /// <summary>Tells whether a request's body is a form.</summary>
    public static bool IsForm(HttpMessage request) => request.MediaType == "application/x-www-form-urlencoded";

    /// <summary>Splits a query or a form into names and values, raw.</summary>
    public static IEnumerable<(string Name, string Value)> Fields(string text)
    {
        foreach (string field in text.Split('&', MaxFields))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (string.Empty, field) : (field[..equals], field[(equals + 1)..]);
        }
    }

    /// <summary>Gets what a value of a query or a form says: its bytes are UTF-8 if they can be, else one character each.</summary>
    public static string Text(string value)
    {
        string decoded = RequestText.Decode(value, isForm: true);
        if (decoded.AsSpan().ContainsAnyExceptInRange('\0', 'ÿ'))
        {
            return decoded;
        }

        byte[] bytes = Encoding.Latin1.GetBytes(decoded);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : decoded;
    }

    /// <summary>Gets user and secret of a log-in form, or null.</summary>
    public static (string? User, string Secret, string OnWire)? Login(HttpMessage request)
        => request.Method == "POST" && IsForm(request) ? Login(Body(request)) : null;

    /// <summary>Gets user and secret of a body in JSON, as far as it was kept, or null.</summary>
    public static (string? User, string Secret, string OnWire)? JsonLogin(HttpMessage request)
    {
        if (request.Method is not ("POST" or "PUT") || request.MediaType?.Contains("json", StringComparison.Ordinal) != true)
        {
            return null;
        }

        string? user = null;
        string? secret = null;
        foreach (Match member in s_member.Matches(Body(request)))
        {
            string name = member.Groups["name"].Value;
            if (secret is null && s_secrets.Contains(name))
            {
                secret = member.Groups["value"].Value;
            }
            else if (s_users.Contains(name))
            {
                user ??= Unescape(member.Groups["value"].Value);
            }
        }

        return string.IsNullOrEmpty(secret) ? null : (user, Unescape(secret), secret);
    }

    /// <summary>Gets user and secret of a query, or null.</summary>
    public static (string? User, string Secret, string OnWire)? QueryLogin(HttpMessage request)
        => request.Method is not null && request.Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? Login(request.Target[(at + 1)..]) : null;

    private static (string? User, string Secret, string OnWire)? Login(string fields)
    {
        string? user = null;
        string? secret = null;
        string onWire = string.Empty;
        foreach ((string name, string value) in Fields(fields))
        {
            string field = LastPart(RequestText.Decode(name, isForm: true));
            if (s_secrets.Contains(field) && secret is null)
            {
                secret = Text(value);
                onWire = value;
            }
            else if (s_users.Contains(field))
            {
                user ??= Text(value);
            }
        }

        return string.IsNullOrEmpty(secret) ? null : (user, secret, onWire);
    }

    // RFC 8259, 7; a code point is left as it is written.
    private static string Unescape(string text) => text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\/", "/", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    // "user[password]" and "ctl00$main$txtPassword" are passwords too.
    private static string LastPart(string name)
    {
        name = name.TrimEnd(']');
        return name[(name.AsSpan().LastIndexOfAny('[', '$', '.') + 1)..];
    }
}
