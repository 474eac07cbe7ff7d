using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>A TCP segment about which there is something to say.</summary>
public sealed record SegmentSeen : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets what there is to say; nothing if it is only the time that it measures.</summary>
    public required SegmentNotes Notes { get; init; }

    /// <summary>Gets the time, in nanoseconds, since the bytes that it acknowledges, if it is the one that measures it.</summary>
    public long? AckTime { get; init; }
}
