using System.Runtime.InteropServices;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// Says which flows may have ended: a wheel of slots of capture time, in each the flows to look at then. A flow is looked at when it is
/// due, not whenever others are. Appointments that no longer hold stay where they are until their time comes.
/// </summary>
internal sealed class FlowWheel(FlowIndex index)
{
    private const long SlotLength = 8 * Timestamp.PerSecond;
    private const int FirstFlows = 1 << 11;
    private const int Slots = 512;   // more than the longest time-out

    private readonly List<(int Number, int Appointment)>[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new List<(int, int)>())];
    private readonly List<Flow> _flows = [];
    private List<(int Number, int Appointment)> _due = [];

    // Of each flow by its number, its latest appointment: the only one that holds.
    private int[] _latest = new int[FirstFlows];
    private long _now = long.MinValue;

    /// <summary>Makes an appointment with a flow for when it may have ended, in place of the one that it had.</summary>
    public void Put(Flow flow)
    {
        long due = (flow.Last.Nanoseconds + flow.Timeout + FlowTimeouts.Disorder) / SlotLength;
        if (_now == long.MinValue)
        {
            _now = flow.Last.Nanoseconds / SlotLength;
        }

        int number = flow.Place.Number;
        if (number >= _latest.Length)
        {
            Array.Resize(ref _latest, Math.Max(number + 1, 2 * _latest.Length));
        }

        // Times may jump: what lies outside of the wheel is looked at in its first or last slot, and put off again.
        _slots[Math.Clamp(due, _now + 1, _now + Slots - 1) & (Slots - 1)].Add((number, ++_latest[number]));
    }

    /// <summary>Forgets all flows, and what time it is.</summary>
    public void Reset()
    {
        _now = long.MinValue;
        foreach (List<(int Number, int Appointment)> slot in _slots)
        {
            slot.Clear();
        }
    }

    /// <summary>Collects the flows that no packet can continue any more.</summary>
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
            Collect(slot & (Slots - 1), now, expired);
        }
    }

    private void Collect(long slot, Timestamp now, List<Flow> expired)
    {
        (_due, _slots[slot]) = (_slots[slot], _due);
        foreach ((int number, int appointment) in _due)
        {
            if (_latest[number] == appointment)
            {
                _flows.Add(index[number]);
            }
        }

        for (int i = 0; i < _flows.Count; i++)
        {
            if (i % Prefetch.Flows == 0)
            {
                Prefetch.Ends(CollectionsMarshal.AsSpan(_flows).Slice(i, Math.Min(Prefetch.Flows, _flows.Count - i)));
            }

            Flow flow = _flows[i];
            if (!flow.Place.IsHeld)
            {
                continue;
            }

            if (now - flow.Last > flow.Timeout + FlowTimeouts.Disorder)
            {
                expired.Add(flow);
            }
            else
            {
                Put(flow);
            }
        }

        _due.Clear();
        _flows.Clear();
    }
}
