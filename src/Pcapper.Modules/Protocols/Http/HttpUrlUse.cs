using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>How often a URL was asked for, without its query.</summary>
internal sealed class HttpUrlUse : Group
{
    public HttpUrlUse()
        : base(2)
    {
        Requests = Part(new Count());
        First = Part(new Minimum());
    }

    /// <summary>Gets the requests.</summary>
    public Count Requests { get; }

    /// <summary>Gets the first request: nanoseconds, and the frame.</summary>
    public Minimum First { get; }
}
