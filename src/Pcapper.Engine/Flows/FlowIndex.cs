namespace Pcapper.Engine;

/// <summary>
/// Finds flows by their ends: open addressing over eight-byte slots (a piece of the hash and the flow's number), so that a look-up
/// usually touches one slot and the flow itself. Flows that were removed are used again.
/// </summary>
internal sealed class FlowIndex
{
    private const int FirstSlots = 1 << 12;
    private const uint NoNumber = 0;

    private ulong[] _slots = new ulong[FirstSlots];
    private Flow?[] _flows = new Flow?[FirstSlots / 2];
    private readonly Stack<Flow> _free = [];
    private int _used;

    /// <summary>Gets how many flows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets all flows, in no particular order.</summary>
    public IEnumerable<Flow> All => _flows.Take(_used + 1).OfType<Flow>().Where(flow => flow.Place.IsHeld);

    /// <summary>Gets a flow by its number (<see cref="FlowPlace.Number"/>).</summary>
    public Flow this[int number] => _flows[number]!;

    /// <summary>Finds a flow, or null.</summary>
    public Flow? Find(in FlowEnds ends, uint hash)
    {
        ulong[] slots = _slots;
        uint mask = (uint)slots.Length - 1;
        for (uint at = hash & mask; ; at = (at + 1) & mask)
        {
            ulong slot = slots[at];
            if ((uint)slot == NoNumber)
            {
                return null;
            }

            if ((uint)(slot >> 32) == hash && _flows[(int)(uint)slot] is Flow flow && ends.Match(flow.Key))
            {
                return flow;
            }
        }
    }

    /// <summary>Gets a flow that was removed earlier, or null.</summary>
    public Flow? Reuse() => _free.TryPop(out Flow? flow) ? flow : null;

    /// <summary>Adds a flow that is not there.</summary>
    public void Add(Flow flow, uint hash)
    {
        if (2 * (Count + 1) > _slots.Length)
        {
            Grow();
        }

        int number = flow.Place.Number;
        if (number == 0)
        {
            number = ++_used;
            if (number == _flows.Length)
            {
                Array.Resize(ref _flows, _flows.Length * 2);
            }

            _flows[number] = flow;
        }

        flow.Place.Hash = hash;
        flow.Place.Number = number;
        flow.Place.IsHeld = true;
        Count++;
        Put(hash, number);
    }

    /// <summary>Removes a flow.</summary>
    public void Remove(Flow flow)
    {
        uint mask = (uint)_slots.Length - 1;
        ulong wanted = Slot(flow.Place.Hash, flow.Place.Number);
        uint at = flow.Place.Hash & mask;
        while (_slots[at] != wanted)
        {
            at = (at + 1) & mask;
        }

        // What follows moves up, unless it already stands nearer to where it belongs: no tombstones.
        uint hole = at;
        for (uint next = (hole + 1) & mask; (uint)_slots[next] != NoNumber; next = (next + 1) & mask)
        {
            uint home = (uint)(_slots[next] >> 32) & mask;
            if (((next - home) & mask) >= ((next - hole) & mask))
            {
                _slots[hole] = _slots[next];
                hole = next;
            }
        }

        _slots[hole] = 0;
        flow.Place.IsHeld = false;
        _free.Push(flow);
        Count--;
    }

    private static ulong Slot(uint hash, int number) => ((ulong)hash << 32) | (uint)number;

    private void Put(uint hash, int number)
    {
        uint mask = (uint)_slots.Length - 1;
        uint at = hash & mask;
        while ((uint)_slots[at] != NoNumber)
        {
            at = (at + 1) & mask;
        }

        _slots[at] = Slot(hash, number);
    }

    private void Grow()
    {
        ulong[] old = _slots;
        _slots = new ulong[old.Length * 2];
        foreach (ulong slot in old)
        {
            if ((uint)slot != NoNumber)
            {
                Put((uint)(slot >> 32), (int)(uint)slot);
            }
        }
    }
}
