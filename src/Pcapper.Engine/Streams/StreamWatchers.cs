using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Those who watch one flow.</summary>
internal sealed class StreamWatchers
{
    private readonly StreamWatcher[] _all;
    private long _datagramsToResponder;
    private long _datagramsToOriginator;

    private StreamWatchers(StreamWatcher[] all) => _all = all;

    /// <summary>Asks who wants to watch a flow; null if nobody does.</summary>
    public static StreamWatchers? Of(IReadOnlyList<IStreamConsumer> consumers, FlowContext flow, Transports transport)
    {
        if (consumers.Count == 0)
        {
            return null;
        }

        var all = new List<StreamWatcher>(consumers.Count);
        foreach (IStreamConsumer consumer in consumers)
        {
            if (consumer.Watch(flow, transport) is { } watcher)
            {
                all.Add(watcher);
            }
        }

        return all.Count == 0 ? null : new StreamWatchers([.. all]);
    }

    public bool Want(Direction direction)
    {
        foreach (StreamWatcher watcher in _all)
        {
            if (watcher.Wants(direction))
            {
                return true;
            }
        }

        return false;
    }

    public void Take(Direction direction, long offset, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        var taken = new StreamBytes { Bytes = bytes, Offset = offset, Frame = frame, Time = time };
        foreach (StreamWatcher watcher in _all)
        {
            if (watcher.Wants(direction))
            {
                watcher.Take(direction, taken);
            }
        }
    }

    public void TakeDatagram(Direction direction, ReadOnlySpan<byte> bytes, int missing, FrameRef frame, Timestamp time)
    {
        ref long offset = ref direction == Direction.ToResponder ? ref _datagramsToResponder : ref _datagramsToOriginator;
        Take(direction, offset, bytes, frame, time);
        offset += bytes.Length + (long)missing;
    }

    public void Speaks(string protocol)
    {
        foreach (StreamWatcher watcher in _all)
        {
            watcher.Speaks(protocol);
        }
    }

    public void SpeaksNoMore()
    {
        foreach (StreamWatcher watcher in _all)
        {
            watcher.SpeaksNoMore();
        }
    }

    public void End()
    {
        foreach (StreamWatcher watcher in _all)
        {
            watcher.End();
        }
    }
}
