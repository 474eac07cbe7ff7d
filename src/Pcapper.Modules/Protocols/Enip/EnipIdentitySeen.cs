using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>A device said what it is.</summary>
public sealed record EnipIdentitySeen : ProtocolRecord
{
    /// <summary>Gets who said it.</summary>
    public required IpAddress Host { get; init; }

    /// <summary>Gets the slot it is in, or 0.</summary>
    public required long Slot { get; init; }

    /// <summary>Gets what it said.</summary>
    public required EnipIdentity Identity { get; init; }
}
