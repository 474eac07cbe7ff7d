using Pcapper.Modules.Protocols.Http;

namespace Pcapper.Modules.Protocols.Http2;

/// <summary>One request and its response.</summary>
internal sealed class Http2Stream(int depth)
{
    /// <summary>Gets which of its connection it is, from 1.</summary>
    public int Depth { get; } = depth;

    /// <summary>Gets the request that an upgrade from HTTP/1 brought along, or null.</summary>
    public HttpMessage? Upgraded { get; init; }

    /// <summary>Gets or sets the request.</summary>
    public Http2Message? Request { get; set; }

    /// <summary>Gets or sets the response.</summary>
    public Http2Message? Response { get; set; }

    /// <summary>Gets or sets the status of the last interim response, or 0.</summary>
    public int InterimStatus { get; set; }

    /// <summary>Gets a value indicating whether both sides have said all.</summary>
    public bool IsOver => (Upgraded is not null || Request is { IsComplete: true }) && Response is { IsComplete: true };
}
