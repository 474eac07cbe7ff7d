namespace Pcapper.Modules.Protocols.Http;

/// <summary>Indexes of the sums in <see cref="HttpState"/>.</summary>
internal enum HttpTotal
{
    /// <summary>Transactions, complete or not.</summary>
    Transactions,

    /// <summary>Requests that were not answered.</summary>
    Unanswered,

    /// <summary>Responses whose request was not captured.</summary>
    WithoutRequest,

    /// <summary>Bytes of request bodies.</summary>
    RequestBytes,

    /// <summary>Bytes of response bodies.</summary>
    ResponseBytes,

    /// <summary>Bodies that were not seen whole.</summary>
    Incomplete,

    /// <summary>How many sums there are.</summary>
    Count,
}
