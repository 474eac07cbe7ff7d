using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The first and the last time of something, with their frames. Of frames with the same time the smallest is first, the largest last.</summary>
public sealed class Extent : IStatePart
{
    /// <summary>Gets a value indicating whether nothing was added.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Gets the earliest time.</summary>
    public Timestamp First { get; private set; }

    /// <summary>Gets the latest time.</summary>
    public Timestamp Last { get; private set; }

    /// <summary>Gets the frame of the earliest time.</summary>
    public FrameRef FirstFrame { get; private set; }

    /// <summary>Gets the frame of the latest time.</summary>
    public FrameRef LastFrame { get; private set; }

    /// <summary>Gets the nanoseconds between the two.</summary>
    public long Duration => IsEmpty ? 0 : Math.Max(0, Last - First);

    /// <summary>Adds one occurrence.</summary>
    public void Add(Timestamp time, FrameRef frame)
    {
        AddFirst(time, frame);
        AddLast(time, frame);
        IsEmpty = false;
    }

    /// <summary>Adds something that lasted.</summary>
    public void Add(Timestamp first, FrameRef firstFrame, Timestamp last, FrameRef lastFrame)
    {
        AddFirst(first, firstFrame);
        AddLast(last, lastFrame);
        IsEmpty = false;
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var extent = (Extent)other;
        if (!extent.IsEmpty)
        {
            Add(extent.First, extent.FirstFrame, extent.Last, extent.LastFrame);
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Flag(!IsEmpty);
        if (!IsEmpty)
        {
            writer.Time(First);
            writer.Frame(FirstFrame);
            writer.Number(unchecked(Last - First));
            writer.Frame(LastFrame);
        }
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        if (reader.Flag())
        {
            First = reader.Time();
            FirstFrame = reader.Frame();
            Last = new Timestamp(unchecked(First.Nanoseconds + reader.Number()));
            LastFrame = reader.Frame();
            IsEmpty = false;
        }
    }

    private void AddFirst(Timestamp time, FrameRef frame)
    {
        int order = time.CompareTo(First);
        if (IsEmpty || order < 0 || (order == 0 && frame.CompareTo(FirstFrame) < 0))
        {
            (First, FirstFrame) = (time, frame);
        }
    }

    private void AddLast(Timestamp time, FrameRef frame)
    {
        int order = time.CompareTo(Last);
        if (IsEmpty || order > 0 || (order == 0 && frame.CompareTo(LastFrame) > 0))
        {
            (Last, LastFrame) = (time, frame);
        }
    }
}
