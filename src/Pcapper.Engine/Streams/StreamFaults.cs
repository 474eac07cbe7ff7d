using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>What went wrong in one direction of a TCP flow; most have none.</summary>
internal sealed class StreamFaults
{
    /// <summary>Bytes that were declared missing.</summary>
    public long Missed;

    /// <summary>Segments that overlapped others with different bytes.</summary>
    public long Conflicts;

    /// <summary>Segments that sent bytes again that somebody reads, of which not all were remembered to compare.</summary>
    public long NotCompared;

    /// <summary>The frame of the first overlap.</summary>
    public FrameRef ConflictFrame;
}
