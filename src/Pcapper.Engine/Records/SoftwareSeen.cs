using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A host said which software it runs.</summary>
public sealed record SoftwareSeen : ProtocolRecord
{
    /// <summary>Gets the host.</summary>
    public required IpAddress Host { get; init; }

    /// <summary>Gets the port it serves on, or 0 for a client.</summary>
    public required ushort Port { get; init; }

    /// <summary>Gets the protocol that it was said in.</summary>
    public required string Protocol { get; init; }

    /// <summary>Gets what was said, raw: <c>nginx/1.22.1</c>, <c>OpenSSH_9.2p1 Debian-2</c>.</summary>
    public required string Banner { get; init; }
}
