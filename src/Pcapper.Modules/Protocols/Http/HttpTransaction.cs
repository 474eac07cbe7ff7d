using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>A request with its response, or one of them alone. Frame and time are the request's if it was captured.</summary>
public sealed record HttpTransaction : ProtocolRecord
{
    /// <summary>Gets which transaction of its connection it is, from 1 (Zeek's trans_depth).</summary>
    public required int Depth { get; init; }

    /// <summary>Gets who asked.</summary>
    public required IpAddress Client { get; init; }

    /// <summary>Gets who answered.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets the server's port.</summary>
    public required ushort ServerPort { get; init; }

    /// <summary>Gets the request, or null if it was not captured.</summary>
    public HttpMessage? Request { get; init; }

    /// <summary>Gets the final response, or null if there was none.</summary>
    public HttpMessage? Response { get; init; }

    /// <summary>Gets the status of the last interim response (1xx), or 0.</summary>
    public int InterimStatus { get; init; }

    /// <summary>Gets the reason phrase of the last interim response.</summary>
    public string? InterimReason { get; init; }

    /// <summary>Gets the host that was asked for, without port and in lower case: of an absolute target, else of the Host field; or null.</summary>
    public string? Host => Request is null ? null : HttpFields.HostOf(Request)?.ToLowerInvariant();

    /// <summary>Gets the path that was asked for, raw, without query; empty if the request was not captured.</summary>
    public string Path => Request is null ? string.Empty : HttpFields.PathOf(Request.Target);

    /// <summary>Gets the time from the request's first byte to the response's, in nanoseconds, if both were captured.</summary>
    public long? ResponseTime => Request is not null && Response is not null ? Math.Max(0, Response.Time - Request.Time) : null;
}
