using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The largest value offered, and the earliest frame that shows it.</summary>
public sealed class Maximum : IStatePart
{
    /// <summary>Gets a value indicating whether anything was offered.</summary>
    public bool HasValue { get; private set; }

    /// <summary>Gets the largest value, or 0 if nothing was offered.</summary>
    public long Value { get; private set; }

    /// <summary>Gets the earliest frame with that value.</summary>
    public FrameRef Frame { get; private set; }

    /// <summary>Offers a value.</summary>
    public void Add(long value, FrameRef frame = default)
    {
        if (!HasValue || value > Value || (value == Value && frame.CompareTo(Frame) < 0))
        {
            (HasValue, Value, Frame) = (true, value, frame);
        }
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var extreme = (Maximum)other;
        if (extreme.HasValue)
        {
            Add(extreme.Value, extreme.Frame);
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Flag(HasValue);
        if (HasValue)
        {
            writer.Number(Value);
            writer.Frame(Frame);
        }
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        if (reader.Flag())
        {
            Add(reader.Number(), reader.Frame());
        }
    }
}
