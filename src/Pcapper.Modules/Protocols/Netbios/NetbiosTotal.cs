namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>What <see cref="NetbiosState.Totals"/> counts.</summary>
internal enum NetbiosTotal
{
    Messages,
    Queries,
    Answers,
    Refusals,
    Claims,
    Releases,
    NodeStatus,
    Datagrams,
    Browser,
    Sessions,
    Count,
}
