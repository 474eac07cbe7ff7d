using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Bytes of one direction of a flow that one frame carried.</summary>
public readonly ref struct StreamBytes
{
    /// <summary>Gets the bytes; valid only during the call.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Gets the offset of the first byte in its direction, missing bytes counted; in UDP, in all payload of the direction so far.</summary>
    public required long Offset { get; init; }

    /// <summary>Gets the frame that carried them.</summary>
    public required FrameRef Frame { get; init; }

    /// <summary>Gets when it was captured.</summary>
    public required Timestamp Time { get; init; }
}
