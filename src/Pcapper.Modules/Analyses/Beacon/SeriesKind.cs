namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>What the beats of a series have in common, besides the client. In the order of preference where they are the same traffic.</summary>
internal enum SeriesKind
{
    /// <summary>The name in HTTP's Host, TLS or QUIC.</summary>
    Name,

    /// <summary>The registered domain of such names.</summary>
    Domain,

    /// <summary>The server's address and port.</summary>
    Server,

    /// <summary>The name that the DNS was asked for.</summary>
    Query,

    /// <summary>The registered domain of such names.</summary>
    QueryDomain,
}
