namespace Pcapper.Modules.Protocols.Dns;

/// <summary>What is summed over everything.</summary>
public enum DnsTotal
{
    /// <summary>DNS messages.</summary>
    Messages,

    /// <summary>DNS messages over TCP.</summary>
    TcpMessages,

    /// <summary>Bytes of DNS messages.</summary>
    Bytes,

    /// <summary>Queries.</summary>
    Queries,

    /// <summary>Queries with a response.</summary>
    Answered,

    /// <summary>Queries without a response.</summary>
    Unanswered,

    /// <summary>Responses whose query was not captured.</summary>
    Unasked,

    /// <summary>Responses cut for lack of room (TC).</summary>
    Cut,

    /// <summary>Messages other than queries: NOTIFY, UPDATE.</summary>
    OtherOpcodes,

    /// <summary>Multicast DNS messages.</summary>
    Mdns,

    /// <summary>LLMNR messages.</summary>
    Llmnr,

    /// <summary>Queries to look-up services, which are left out where generated names are judged.</summary>
    Lookups,

    /// <summary>How many sums there are.</summary>
    Count,
}
