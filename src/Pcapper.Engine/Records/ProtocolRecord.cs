using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>An immutable fact that a parser states.</summary>
public abstract record ProtocolRecord
{
    /// <summary>Gets the flow that it was seen in.</summary>
    public required FlowId Flow { get; init; }

    /// <summary>Gets the frame that shows it.</summary>
    public required FrameRef Frame { get; init; }

    /// <summary>Gets when that frame was captured.</summary>
    public required Timestamp Time { get; init; }
}
