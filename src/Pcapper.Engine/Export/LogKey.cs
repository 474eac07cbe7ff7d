using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Where a row belongs in its log.</summary>
internal readonly record struct LogKey(Timestamp Time, FrameRef Frame) : IComparable<LogKey>
{
    public int CompareTo(LogKey other) => Time.CompareTo(other.Time) is not 0 and var order ? order : Frame.CompareTo(other.Frame);
}
