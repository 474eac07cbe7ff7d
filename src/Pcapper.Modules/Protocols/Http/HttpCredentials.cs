using Pcapper.Modules.Protocols.Digest;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Users and secrets of the Authorization fields (RFC 9110, 11.6; RFC 7617; RFC 7616).</summary>
internal static class HttpCredentials
{
    /// <summary>Splits a field value into scheme, user and secret; null if it has no scheme.</summary>
    public static (string Scheme, string? User, string? Secret, string OnWire)? Parse(string? value)
    {
        int space = value?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        if (space <= 0)
        {
            return null;
        }

        string scheme = value![..space].ToLowerInvariant();
        string rest = value[(space + 1)..].Trim();
        (string? user, string? secret) = scheme == "basic" ? BasicLogin.Read(rest) ?? (null, rest) : (HttpFields.Parameter(rest, "username"), rest);
        return (scheme, user, secret, rest);
    }

    /// <summary>Gets the user of a request's Authorization field, or null.</summary>
    public static string? UserOf(HttpMessage? request) => Parse(request?.Field("Authorization"))?.User;
}
