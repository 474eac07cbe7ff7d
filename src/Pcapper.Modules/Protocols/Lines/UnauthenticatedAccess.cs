using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>A server let a client in, or answered it, without asking for a secret.</summary>
public sealed record UnauthenticatedAccess : ProtocolRecord
{
    /// <summary>Gets the protocol: <c>redis</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Gets the server.</summary>
    public required IpAddress Server { get; init; }

    /// <summary>Gets the port it serves on.</summary>
    public required ushort Port { get; init; }

    /// <summary>Gets the client.</summary>
    public required IpAddress Client { get; init; }

    /// <summary>Gets what showed it, a constant text: <c>answered INFO without AUTH</c>.</summary>
    public required string How { get; init; }
}
