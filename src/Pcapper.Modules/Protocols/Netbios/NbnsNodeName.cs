namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>A name that a host says it has (node status response; RFC 1002, 4.2.18).</summary>
/// <param name="Name">The name.</param>
/// <param name="IsGroup">Whether it may have many owners.</param>
/// <param name="IsConflict">Whether the host has found that another one has it too.</param>
public readonly record struct NbnsNodeName(NetbiosName Name, bool IsGroup, bool IsConflict);
