using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.WebSocket;

/// <summary>A WebSocket from its upgrade to its end: what went over it. Frame and time are those of its first frame.</summary>
public sealed record WebSocketSession : ProtocolRecord
{
    /// <summary>Gets who asked for the upgrade.</summary>
    public required IpAddress Client { get; init; }

    /// <summary>Gets who granted it.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets the server's port.</summary>
    public required ushort ServerPort { get; init; }

    /// <summary>Gets what the client sent.</summary>
    public required WebSocketTotals Sent { get; init; }

    /// <summary>Gets what the server sent.</summary>
    public required WebSocketTotals Received { get; init; }

    /// <summary>Gets a value indicating whether messages were compressed (RFC 7692).</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Gets the status of the first close frame, or null.</summary>
    public int? CloseStatus { get; init; }

    /// <summary>Gets the start of the first text message, raw, or null.</summary>
    public string? Sample { get; init; }
}
