using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Takes log rows; used by one shard.</summary>
public interface ILogSink
{
    /// <summary>Takes one row.</summary>
    /// <param name="schema">The log.</param>
    /// <param name="time">When it happened, by which rows are sorted.</param>
    /// <param name="frame">Where it was seen, which decides between equal times.</param>
    /// <param name="values">A value for each field; valid during the call.</param>
    void Write(ILogSchema schema, Timestamp time, FrameRef frame, ReadOnlySpan<LogValue> values);
}
