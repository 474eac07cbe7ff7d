using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Values inside field values: host names, parameters, file names.</summary>
internal static class HttpFields
{
    /// <summary>Gets the host of a Host field if it is a name, not an address; without the port.</summary>
    public static string? HostName(string host)
    {
        string name = WithoutPort(host);
        return name.Length == 0 || name[0] == '[' || IpAddress.TryParse(name, out _) ? null : name;
    }

    /// <summary>Gets a Host field without its port.</summary>
    public static string WithoutPort(string host)
    {
        host = host.Trim();
        int colon = host.LastIndexOf(':');
        return colon < 0 || (host.Length > 0 && host[0] == '[' && host[^1] == ']') || host.IndexOf(':', StringComparison.Ordinal) != colon && host[0] != '[' ? host : host[..colon];
    }

    /// <summary>Gets the host that a request asks for, without port, or null.</summary>
    public static string? HostOf(HttpMessage request)
    {
        // A request to a proxy may come without a Host field; its absolute target names the host.
        string? host = request.Field("Host");
        if (string.IsNullOrEmpty(host) && request.Target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
        {
            string rest = request.Target[(scheme + 3)..];
            int end = rest.AsSpan().IndexOfAny('/', '?', '#');
            host = end < 0 ? rest : rest[..end];
        }

        return host is null ? null : WithoutPort(host);
    }

    /// <summary>Gets a parameter of a field: <c>filename="a.exe"</c>, <c>username=bob</c>; or null.</summary>
    public static string? Parameter(string field, string name)
    {
        int at = 0;
        while ((at = field.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            bool isStart = at == 0 || field[at - 1] is ' ' or ';' or ',' or '\t';
            int after = at + name.Length;
            at = after;
            while (after < field.Length && field[after] == ' ')
            {
                after++;
            }

            if (!isStart || after >= field.Length || field[after] != '=')
            {
                continue;
            }

            string value = field[(after + 1)..].TrimStart();
            if (value.StartsWith('"'))
            {
                int end = value.IndexOf('"', 1);
                return end < 0 ? value[1..] : value[1..end];
            }

            int stop = value.AsSpan().IndexOfAny(';', ',');
            return (stop < 0 ? value : value[..stop]).Trim();
        }

        return null;
    }

    /// <summary>Gets the name of what a response carries: Content-Disposition (RFC 6266), else the last part of the target.</summary>
    public static string? DownloadName(HttpMessage? request, HttpMessage? response)
    {
        string? disposition = response?.Field("Content-Disposition");
        if (disposition is not null)
        {
            string? extended = Parameter(disposition, "filename*");
            string? name = extended is not null ? Uri.UnescapeDataString(extended[(extended.LastIndexOf('\'') + 1)..]) : Parameter(disposition, "filename");
            if (!string.IsNullOrEmpty(name))
            {
                return name;
            }
        }

        if (request is null)
        {
            return null;
        }

        string path = PathOf(request.Target);
        string last = path[(path.LastIndexOf('/') + 1)..];
        return last.Length == 0 ? null : last;
    }

    /// <summary>Gets the name of what a request carries: Content-Disposition, or the last part of the target of a PUT.</summary>
    public static string? UploadName(HttpMessage? request)
    {
        string? disposition = request?.Field("Content-Disposition");
        return disposition is not null && Parameter(disposition, "filename") is { Length: > 0 } name ? name
            : request?.Method == "PUT" ? DownloadName(request, null) : null;
    }

    /// <summary>Gets a target without scheme, authority, query and fragment.</summary>
    public static string PathOf(string target)
    {
        int scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0 && target.AsSpan(0, scheme).IndexOfAny('/', '?', '#') < 0)
        {
            int slash = target.IndexOf('/', scheme + 3);
            target = slash < 0 ? "/" : target[slash..];
        }

        int end = target.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? target : target[..end];
    }
}
