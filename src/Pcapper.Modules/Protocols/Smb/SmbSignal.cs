using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A message that no ordinary client or server sends.</summary>
public sealed record SmbSignal : ProtocolRecord
{
    /// <summary>Gets which way requests go.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets which message.</summary>
    public required SmbSignalKind Kind { get; init; }

    /// <summary>Gets the number that shows it: announced bytes, a multiplex identifier.</summary>
    public long Value { get; init; }

    /// <summary>Gets the client's address.</summary>
    public IpAddress Client => Flow.Sender(Direction);

    /// <summary>Gets the server's address.</summary>
    public IpAddress Server => Flow.Receiver(Direction);
}
