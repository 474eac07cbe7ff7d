using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>When something happened, and in which frame: with <see cref="Smallest{TKey}"/> the earliest of many.</summary>
/// <param name="Time">The time.</param>
/// <param name="Frame">The frame.</param>
public readonly record struct MomentKey(Timestamp Time, FrameRef Frame) : IStateKey<MomentKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Time.Nanoseconds).And(Frame.Capture).And(Frame.Number);

    /// <inheritdoc/>
    public static MomentKey Read(ref StateReader reader) => new(reader.Time(), reader.Frame());

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Time(Time);
        writer.Frame(Frame);
    }

    /// <inheritdoc/>
    public int CompareTo(MomentKey other) => Time.CompareTo(other.Time) is not 0 and var order ? order : Frame.CompareTo(other.Frame);
}
