using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>The values of one point that were read, or those that were written. There are very many: no part of its own for each number.</summary>
internal sealed class PointSide : IStatePart
{
    private Moment _first;
    private Moment _last;
    private int _burst;

    /// <summary>Gets how many values were seen.</summary>
    public long Count { get; private set; }

    /// <summary>Gets how many of them differ from the one before in their flow.</summary>
    public long Changes { get; private set; }

    /// <summary>Gets the least.</summary>
    public long Least { get; private set; }

    /// <summary>Gets the greatest.</summary>
    public long Most { get; private set; }

    /// <summary>Gets the most changes within <see cref="IcsLimits.BurstWindow"/>.</summary>
    public int Burst => _burst;

    /// <summary>Gets the first value.</summary>
    public long First => _first.Value;

    /// <summary>Gets the frame of the first value.</summary>
    public FrameRef FirstFrame => _first.Frame;

    /// <summary>Gets the time of the first value.</summary>
    public Timestamp FirstTime => _first.Time;

    /// <summary>Gets the last value.</summary>
    public long Last => _last.Value;

    /// <summary>Gets the time of the last value.</summary>
    public Timestamp LastTime => _last.Time;

    /// <summary>Adds a value.</summary>
    public void Add(in IcsValue value, Timestamp time, FrameRef frame)
    {
        var moment = new Moment(time, frame, value.Value);
        Extend(moment, moment, value.Value, value.Value);
        Count++;
        Changes += value.HasChanged ? 1 : 0;
        _burst = Math.Max(_burst, value.Burst);
    }

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var side = (PointSide)other;
        if (side.Count == 0)
        {
            return;
        }

        Extend(side._first, side._last, side.Least, side.Most);
        Count = unchecked(Count + side.Count);
        Changes = unchecked(Changes + side.Changes);
        _burst = Math.Max(_burst, side._burst);
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Number(Count);
        if (Count == 0)
        {
            return;
        }

        writer.Number(Changes);
        writer.Number(_burst);
        _first.Write(writer);
        _last.Write(writer);
        writer.Number(Least);
        writer.Number(Most);
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        Count = reader.Number();
        if (Count == 0)
        {
            return;
        }

        Changes = reader.Number();
        _burst = reader.Number(0, IcsLimits.BurstChanges);
        _first = Moment.Read(ref reader);
        _last = Moment.Read(ref reader);
        Least = reader.Number();
        Most = reader.Number();
    }

    private void Extend(in Moment first, in Moment last, long least, long most)
    {
        if (Count == 0)
        {
            (_first, _last, Least, Most) = (first, last, least, most);
            return;
        }

        _first = first.CompareTo(_first) < 0 ? first : _first;
        _last = last.CompareTo(_last) > 0 ? last : _last;
        Least = Math.Min(Least, least);
        Most = Math.Max(Most, most);
    }

    private readonly record struct Moment(Timestamp Time, FrameRef Frame, long Value) : IComparable<Moment>
    {
        public static Moment Read(ref StateReader reader) => new(reader.Time(), reader.Frame(), reader.Number());

        public void Write(StateWriter writer)
        {
            writer.Time(Time);
            writer.Frame(Frame);
            writer.Number(Value);
        }

        public int CompareTo(Moment other)
            => Time.CompareTo(other.Time) is not 0 and var time ? time
                : Frame.CompareTo(other.Frame) is not 0 and var frame ? frame
                : Value.CompareTo(other.Value);
    }
}
