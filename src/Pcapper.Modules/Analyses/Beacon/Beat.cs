using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>Something that a client did: it opened a connection, asked for something, or spoke again after a silence.</summary>
/// <param name="Time">When, in nanoseconds since the epoch.</param>
/// <param name="Frame">The frame that shows it.</param>
/// <param name="Value">The bytes that it sent, doubled; odd if it happened inside a connection.</param>
internal readonly record struct Beat(long Time, FrameRef Frame, long Value) : IComparable<Beat>
{
    /// <summary>Gets the bytes that the client sent: in the whole connection, with the request, or in the packet that broke the silence.</summary>
    public long Bytes => Value >> 1;

    /// <summary>Gets a value indicating whether it happened inside a connection that was open already.</summary>
    public bool IsInside => (Value & 1) != 0;

    /// <summary>Makes one.</summary>
    public static Beat At(Timestamp time, FrameRef frame, long bytes, bool isInside)
        => new(time.Nanoseconds, frame, (Math.Clamp(bytes, 0, long.MaxValue >> 1) << 1) | (isInside ? 1L : 0));

    /// <inheritdoc/>
    public int CompareTo(Beat other)
        => Time.CompareTo(other.Time) is not 0 and var t ? t : Frame.CompareTo(other.Frame) is not 0 and var f ? f : Value.CompareTo(other.Value);
}
