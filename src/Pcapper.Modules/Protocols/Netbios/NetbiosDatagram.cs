using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>One message of the NetBIOS datagram service.</summary>
public sealed record NetbiosDatagram : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the address that the sender says is its own.</summary>
    public required IpAddress SourceAddress { get; init; }

    /// <summary>Gets the sender's name.</summary>
    public required NetbiosName Source { get; init; }

    /// <summary>Gets whom it is for.</summary>
    public required NetbiosName Destination { get; init; }

    /// <summary>Gets the mailslot it was written to, raw, or null.</summary>
    public string? Mailslot { get; init; }

    /// <summary>Gets the browser message in it, if any.</summary>
    public BrowserMessage? Browser { get; init; }

    /// <summary>Gets who sent it.</summary>
    public IpAddress Sender => Flow.Sender(Direction);
}
