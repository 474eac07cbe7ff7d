using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>A resource record of a DNS message.</summary>
/// <param name="Name">The owner, raw, without the trailing dot.</param>
/// <param name="Type">The type.</param>
/// <param name="Class">The class, without the cache-flush bit of multicast DNS.</param>
/// <param name="Ttl">The time to live in seconds.</param>
/// <param name="Data">The data as text: an address, a name, or the type's name and what it holds; null if the type has no text.</param>
/// <param name="Address">The address of an A or AAAA record.</param>
/// <param name="DataLength">Bytes of the data.</param>
public readonly record struct DnsResourceRecord(string Name, ushort Type, ushort Class, uint Ttl, string? Data, IpAddress? Address, int DataLength);
