using System.Buffers;
using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>One spelling for each observable, or none for what is not one.</summary>
internal static class IocValues
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> s_labels = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Gets a host name in lower case without a dot at its end; null if it is none with a top-level domain, or an address.</summary>
    public static string? Domain(string? text)
    {
        string name = (text ?? string.Empty).TrimEnd('.').ToLowerInvariant();
        if (name.Length is 0 or > LongestName || !name.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }

        foreach (Range range in name.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> label = name.AsSpan(range);
            if (label.Length is 0 or > LongestLabel || label.ContainsAnyExcept(s_labels) || label[0] == '-' || label[^1] == '-')
            {
                return null;
            }
        }

        // The last label of a name has a letter: else it is an address, whole or cut.
        return name.AsSpan(name.LastIndexOf('.') + 1).ContainsAnyInRange('a', 'z') ? name : null;
    }

    /// <summary>Gets a URL with scheme and host in lower case, without a usual port, a fragment or a user; null if it is none.</summary>
    public static string? Url(string? text)
    {
        if (text is null || text.Length > Limits.Text || text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var at))
        {
            return null;
        }

        string scheme = text[..at].ToLowerInvariant();
        if (scheme.AsSpan().ContainsAnyExcept(s_labels))
        {
            return null;
        }

        string rest = text[(at + 3)..];
        rest = rest.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? rest[..hash] : rest;
        int end = rest.AsSpan().IndexOfAny('/', '?');
        string host = (end < 0 ? rest : rest[..end]).ToLowerInvariant();
        string path = end < 0 ? "/" : rest[end] == '?' ? "/" + rest[end..] : rest[end..];
        host = host[(host.LastIndexOf('@') + 1)..];
        string usual = scheme switch { "http" => ":80", "https" => ":443", "ftp" => ":21", _ => "\0" };
        host = host.EndsWith(usual, StringComparison.Ordinal) ? host[..^usual.Length] : host;
        return host.Length == 0 ? null : $"{scheme}://{host}{path}";
    }

    /// <summary>Gets the URL of a request.</summary>
    public static string? Url(string scheme, string host, int port, string target)
        => Url(target.Contains("://", StringComparison.Ordinal) && target[0] != '/' ? target : string.Create(CultureInfo.InvariantCulture, $"{scheme}://{(host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host)}:{port}{target}"));

    /// <summary>Gets the host of a URL that has one spelling.</summary>
    public static string HostOf(string url)
    {
        string rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        int end = rest.AsSpan().IndexOfAny('/', '?');
        rest = end < 0 ? rest : rest[..end];
        return rest.StartsWith('[') && rest.IndexOf(']', StringComparison.Ordinal) is > 0 and var close ? rest[1..close]
            : rest.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? rest[..colon] : rest;
    }

    /// <summary>Gets a mail address in lower case; null if it is none.</summary>
    public static string? Email(string? text)
    {
        string address = (text ?? string.Empty).Trim().Trim('<', '>').ToLowerInvariant();
        int at = address.LastIndexOf('@');
        return at <= 0 || address.Length > LongestName || address.AsSpan().ContainsAnyExceptInRange('!', '~') || Domain(address[(at + 1)..]) is not { } domain ? null : $"{address[..at]}@{domain}";
    }

    /// <summary>Gets a text that is plain ASCII; null if it is not, or empty.</summary>
    public static string? Plain(string? text)
        => string.IsNullOrWhiteSpace(text) || text.Length > Limits.Text || text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? null : text.Trim();

    /// <summary>Gets hexadecimal digits in lower case; null if there are others or another number of them.</summary>
    public static string? Hex(string? text, params ReadOnlySpan<int> lengths)
        => text is not null && lengths.Contains(text.Length) && !text.AsSpan().ContainsAnyExcept(s_hex) ? text.ToLowerInvariant() : null;

    /// <summary>Gets a JA4 in lower case; null if it is none.</summary>
    public static string? Ja4(string? text)
        => text is { Length: 36 } && text[10] == '_' && text[23] == '_' && text[0] is 't' or 'q' or 'd' && Hex(text[11..23], 12) is not null && Hex(text[24..], 12) is not null ? text.ToLowerInvariant() : null;
}
