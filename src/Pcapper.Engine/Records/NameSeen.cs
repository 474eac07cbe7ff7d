using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A name was given to an address.</summary>
public sealed record NameSeen : ProtocolRecord
{
    /// <summary>Gets the address.</summary>
    public required IpAddress Address { get; init; }

    /// <summary>Gets the name, raw, without a trailing dot.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what told it.</summary>
    public required NameSource Source { get; init; }
}
