using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// A SYN with another sequence number inside an open connection: a new connection if the other side answers it (RFC 9293, 3.10.7.4),
/// or sent to mislead whoever listens. Until that is known it is counted with the old one.
/// </summary>
internal sealed record RivalSyn
{
    /// <summary>Gets where it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets its sequence number.</summary>
    public required uint Sequence { get; init; }

    /// <summary>Gets its control bits.</summary>
    public required TcpFlags Flags { get; init; }

    /// <summary>Gets the window scale that it offers.</summary>
    public required WindowScale Scale { get; init; }

    /// <summary>Gets its frame.</summary>
    public required FrameRef Frame { get; init; }

    /// <summary>Gets when it was captured.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Gets how many IP packets it was.</summary>
    public required int Packets { get; init; }

    /// <summary>Gets the bytes of those.</summary>
    public required long IpBytes { get; init; }

    /// <summary>Gets the time of the old connection's packet before.</summary>
    public required Timestamp LastBefore { get; init; }

    /// <summary>Gets the frame of the old connection's packet before.</summary>
    public required FrameRef LastFrameBefore { get; init; }
}
