using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Snmp;

/// <summary>One SNMP message.</summary>
public sealed record SnmpMessage : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the version.</summary>
    public required SnmpVersion Version { get; init; }

    /// <summary>Gets the community of versions 1 and 2c, or null.</summary>
    public Secret? Community { get; init; }

    /// <summary>Gets the user of version 3, raw, or null.</summary>
    public string? User { get; init; }

    /// <summary>Gets the identifier of the engine that is authoritative in version 3, in hexadecimal, or null.</summary>
    public string? Engine { get; init; }

    /// <summary>Gets a value indicating whether it is authenticated (version 3).</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>Gets a value indicating whether it is encrypted (version 3).</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Gets the kind of its PDU (RFC 3416, 3): 0 get, 1 get-next, 2 response, 3 set, 4 trap of version 1, 5 get-bulk, 6 inform, 7 trap; null if it is encrypted.</summary>
    public int? Pdu { get; init; }

    /// <summary>Gets the number that pairs a response with its request, or null.</summary>
    public long? RequestId { get; init; }

    /// <summary>Gets the error status of a response, or null.</summary>
    public long? ErrorStatus { get; init; }

    /// <summary>Gets the object identifiers that it is about, the first few.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    /// <summary>Gets who sent it.</summary>
    public IpAddress Sender => Flow.Sender(Direction);

    /// <summary>Gets who it was for.</summary>
    public IpAddress Receiver => Flow.Receiver(Direction);
}
