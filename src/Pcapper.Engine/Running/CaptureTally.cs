using System.Runtime.InteropServices;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Counts all frames of a capture, whoever's shard they are in.</summary>
internal sealed class CaptureTally
{
    private readonly List<(long Frames, long Bytes)> _interfaces = [];

    public long Frames { get; private set; }

    public long Bytes { get; private set; }

    public long Truncated { get; private set; }

    public Timestamp First { get; private set; }

    public Timestamp Last { get; private set; }

    public long PeakSecondBytes { get; private set; }

    public long StepsBack { get; private set; }

    public long LongestStepBack { get; private set; }

    public long LongestGap { get; private set; }

    public IReadOnlyList<(long Frames, long Bytes)> Interfaces => _interfaces;

    private long _second = long.MinValue;
    private long _secondBytes;
    private long _previous;

    public void Add(in Frame frame)
    {
        if (Frames++ == 0)
        {
            First = frame.Time;
            Last = frame.Time;
        }
        else if (frame.Time.Nanoseconds < First.Nanoseconds)
        {
            First = frame.Time;
            StepBack(frame.Time);
        }
        else if (frame.Time.Nanoseconds > Last.Nanoseconds)
        {
            LongestGap = Math.Max(LongestGap, frame.Time - Last);
            Last = frame.Time;
        }
        else if (frame.Time.Nanoseconds < _previous)
        {
            StepBack(frame.Time);
        }

        _previous = frame.Time.Nanoseconds;

        Bytes += frame.OriginalLength;
        if (frame.OriginalLength > frame.Bytes.Length)
        {
            Truncated++;
        }

        long second = frame.Time.Nanoseconds / Timestamp.PerSecond;
        if (second != _second)
        {
            _second = second;
            _secondBytes = 0;
        }

        _secondBytes += frame.OriginalLength;
        PeakSecondBytes = Math.Max(PeakSecondBytes, _secondBytes);
        AddToInterface(frame.Interface, frame.OriginalLength);
    }

    private void StepBack(Timestamp time)
    {
        StepsBack++;
        LongestStepBack = Math.Max(LongestStepBack, unchecked(_previous - time.Nanoseconds));
    }

    private void AddToInterface(int index, int bytes)
    {
        while (index >= _interfaces.Count && _interfaces.Count < Limits.Interfaces)
        {
            _interfaces.Add(default);
        }

        Span<(long Frames, long Bytes)> interfaces = CollectionsMarshal.AsSpan(_interfaces);
        if ((uint)index < (uint)interfaces.Length)
        {
            interfaces[index].Frames++;
            interfaces[index].Bytes += bytes;
        }
    }
}
