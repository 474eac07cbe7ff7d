using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>An owner of a name as an NB record has it.</summary>
/// <param name="Address">The owner's address.</param>
/// <param name="IsGroup">Whether the name may have many owners.</param>
public readonly record struct NbnsAddress(IpAddress Address, bool IsGroup);
