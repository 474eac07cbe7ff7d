using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Where a text was seen; the earliest is the smallest.</summary>
/// <param name="Frame">The frame of its first character.</param>
/// <param name="Direction">Which way it went.</param>
/// <param name="Offset">Where it begins in the bytes of that direction.</param>
/// <param name="From">Who sent it.</param>
/// <param name="To">Who received it.</param>
public readonly record struct StringPlace(FrameRef Frame, Direction Direction, long Offset, IpAddress From, IpAddress To) : IStateKey<StringPlace>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Frame.Number).And(Frame.Capture).And((long)Direction).And(Offset).And(From).And(To);

    /// <inheritdoc/>
    public static StringPlace Read(ref StateReader reader)
        => new(reader.Frame(), (Direction)reader.Number((int)Direction.ToResponder, (int)Direction.ToOriginator), reader.Number(), reader.Address(), reader.Address());

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Frame(Frame);
        writer.Number((long)Direction);
        writer.Number(Offset);
        writer.Address(From);
        writer.Address(To);
    }

    /// <inheritdoc/>
    public int CompareTo(StringPlace other)
        => Frame.CompareTo(other.Frame) is not 0 and var frame ? frame
            : Offset.CompareTo(other.Offset) is not 0 and var offset ? offset
            : Direction.CompareTo(other.Direction) is not 0 and var direction ? direction
            : From.CompareTo(other.From) is not 0 and var from ? from
            : To.CompareTo(other.To);
}
