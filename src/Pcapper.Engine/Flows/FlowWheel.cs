using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// Says which flows may have ended: a wheel of slots of capture time, in each a list of flows to look at then. A flow is looked at when
/// it is due, not whenever others are.
/// </summary>
internal sealed class FlowWheel(FlowIndex index)
{
    private const long SlotLength = 8 * Timestamp.PerSecond;
    private const int Slots = 512;   // more than the longest time-out
    private const int None = 0;

    private readonly int[] _first = new int[Slots];
    private long _now = long.MinValue;

    /// <summary>Puts a flow where it is due, or moves it there.</summary>
    public void Put(Flow flow)
    {
        Take(flow);
        long due = (flow.Last.Nanoseconds + flow.Timeout + FlowTimeouts.Attempt) / SlotLength;
        if (_now == long.MinValue)
        {
            _now = flow.Last.Nanoseconds / SlotLength;
        }

        // Times may jump: whatever lies outside of the wheel is looked at again at its end, or at the next turn.
        Link(flow, (int)(Math.Clamp(due, _now + 1, _now + Slots - 1) & (Slots - 1)));
    }

    /// <summary>Forgets what time it is; all flows must be out.</summary>
    public void Reset() => _now = long.MinValue;

    /// <summary>Takes a flow out.</summary>
    public void Take(Flow flow)
    {
        ref FlowPlace place = ref flow.Place;
        if (place.Slot == None)
        {
            return;
        }

        if (place.Previous == None)
        {
            _first[place.Slot - 1] = place.Next;
        }
        else
        {
            index[place.Previous].Place.Next = place.Next;
        }

        if (place.Next != None)
        {
            index[place.Next].Place.Previous = place.Previous;
        }

        (place.Slot, place.Previous, place.Next) = (None, None, None);
    }

    /// <summary>Collects the flows that no packet can continue any more; they stay in the wheel.</summary>
    public void Collect(Timestamp now, List<Flow> expired)
    {
        long until = now.Nanoseconds / SlotLength;
        if (_now == long.MinValue || until <= _now)
        {
            return;
        }

        long from = Math.Max(_now + 1, until - Slots + 1);
        _now = until;
        for (long slot = from; slot <= until; slot++)
        {
            Collect((int)(slot & (Slots - 1)), now, expired);
        }
    }

    private void Collect(int slot, Timestamp now, List<Flow> expired)
    {
        int number = _first[slot];
        while (number != None)
        {
            Flow flow = index[number];
            number = flow.Place.Next;
            if (now - flow.Last > flow.Timeout + FlowTimeouts.Attempt)
            {
                expired.Add(flow);
            }
            else
            {
                Put(flow);
            }
        }
    }

    private void Link(Flow flow, int slot)
    {
        ref FlowPlace place = ref flow.Place;
        place.Slot = slot + 1;
        place.Next = _first[slot];
        if (place.Next != None)
        {
            index[place.Next].Place.Previous = place.Number;
        }

        _first[slot] = place.Number;
    }
}
