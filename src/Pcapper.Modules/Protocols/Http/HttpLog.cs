using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>http.log with Zeek's fields.</summary>
public static class HttpLog
{
    private const int MaxText = 4096;

    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<HttpTransaction>.ForFlow(
        "http",
        new("trans_depth", "count", t => LogValue.Count((long)t.Depth)),
        new("method", "string", t => t.Request?.Method),
        new("host", "string", t => t.Request is null ? null : Cut(HttpFields.HostOf(t.Request))),
        new("uri", "string", t => Cut(t.Request?.Target)),
        new("referrer", "string", t => Cut(t.Request?.Field("Referer"))),
        new("version", "string", t => (t.Response ?? t.Request)!.Version),
        new("user_agent", "string", t => Cut(t.Request?.Field("User-Agent"))),
        new("origin", "string", t => Cut(t.Request?.Field("Origin"))),
        new("request_body_len", "count", t => LogValue.Count(t.Request?.BodyBytes ?? 0)),
        new("response_body_len", "count", t => LogValue.Count(t.Response?.BodyBytes ?? 0)),
        new("status_code", "count", t => t.Response is { } r ? LogValue.Count((long)r.Status) : LogValue.Unset),
        new("status_msg", "string", t => t.Response is { Reason.Length: > 0 } r ? Cut(r.Reason) : LogValue.Unset),
        new("info_code", "count", t => t.InterimStatus != 0 ? LogValue.Count((long)t.InterimStatus) : LogValue.Unset),
        new("info_msg", "string", t => Cut(t.InterimReason)),
        new("tags", "set[enum]", _ => LogValue.Texts([])),
        new("username", "string", t => HttpCredentials.UserOf(t.Request)),
        new("password", "string", _ => LogValue.Unset),
        new("proxied", "set[string]", t => Proxied(t.Request)),
        new("orig_filenames", "vector[string]", t => HttpFields.UploadName(t.Request) is string n ? LogValue.Texts([n]) : LogValue.Unset),
        new("orig_mime_types", "vector[string]", t => t.Request?.SniffedType is string m ? LogValue.Texts([m]) : LogValue.Unset),
        new("resp_filenames", "vector[string]", t => Disposition(t) is string n ? LogValue.Texts([n]) : LogValue.Unset),
        new("resp_mime_types", "vector[string]", t => t.Response?.SniffedType is string m ? LogValue.Texts([m]) : LogValue.Unset));

    private static string? Disposition(HttpTransaction transaction)
        => transaction.Response?.Field("Content-Disposition") is not null ? HttpFields.DownloadName(null, transaction.Response) : null;

    private static LogValue Proxied(HttpMessage? request)
    {
        List<string> proxied = [];
        foreach (string field in (ReadOnlySpan<string>)["Forwarded", "X-Forwarded-For", "X-Forwarded-From", "Client-IP", "Via", "Xroxy-Connection", "Proxy-Connection"])
        {
            if (request?.Field(field) is string value)
            {
                proxied.Add($"{field.ToUpperInvariant()} -> {Cut(value)}");
            }
        }

        return proxied.Count == 0 ? LogValue.Unset : LogValue.Texts(proxied);
    }

    private static string? Cut(string? text) => text is null || text.Length <= MaxText ? text : text[..MaxText];
}
