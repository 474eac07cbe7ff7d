namespace Pcapper.Modules.Protocols.Dns;

/// <summary>A question of a DNS message.</summary>
/// <param name="Name">The name, raw, without the trailing dot; empty for the root.</param>
/// <param name="Type">The type (IANA "Resource Record (RR) TYPEs").</param>
/// <param name="Class">The class, without the unicast-response bit of multicast DNS.</param>
public readonly record struct DnsQuestion(string Name, ushort Type, ushort Class);
