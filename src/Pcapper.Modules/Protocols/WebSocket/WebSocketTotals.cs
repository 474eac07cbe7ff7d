namespace Pcapper.Modules.Protocols.WebSocket;

/// <summary>What one side of a WebSocket sent.</summary>
public readonly record struct WebSocketTotals
{
    /// <summary>Gets the messages with text.</summary>
    public long Texts { get; init; }

    /// <summary>Gets the messages with other data.</summary>
    public long Binaries { get; init; }

    /// <summary>Gets the control frames: close, ping, pong.</summary>
    public long Controls { get; init; }

    /// <summary>Gets the bytes of all messages.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets the messages.</summary>
    public long Messages => Texts + Binaries;
}
