using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>An alert that could be read: sent before encryption began.</summary>
public sealed record TlsAlert : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets a value indicating whether the client sent it.</summary>
    public required bool IsFromClient { get; init; }

    /// <summary>Gets a value indicating whether it ends the connection.</summary>
    public required bool IsFatal { get; init; }

    /// <summary>Gets what it says.</summary>
    public required byte Description { get; init; }
}
