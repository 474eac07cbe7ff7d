using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>
/// Follows the values of a flow's points: what changed, how fast, and what leaves its habit. Changes are told here, where messages come in order, so that
/// the states of analyzers can add them up in any.
/// </summary>
internal sealed class PointTracker
{
    private Dictionary<Place, Point>? _points;

    /// <summary>Notes a value that was read or written.</summary>
    /// <param name="station">The unit or station.</param>
    /// <param name="table">The table of the point.</param>
    /// <param name="address">Its address.</param>
    /// <param name="value">The value.</param>
    /// <param name="isWrite">Whether a command sets it.</param>
    /// <param name="time">When.</param>
    /// <param name="jump">Whether to look for jumps: not with bits.</param>
    /// <param name="oddities">Takes a jump.</param>
    public IcsValue Note(long station, int table, long address, long value, bool isWrite, Timestamp time, bool jump, ref List<IcsOddity>? oddities)
    {
        _points ??= [];
        var place = new Place(station, (table << 1) | (isWrite ? 1 : 0), address);
        if (!_points.TryGetValue(place, out Point? point))
        {
            if (_points.Count < IcsLimits.FlowPoints)
            {
                _points.Add(place, new Point(value));
            }

            return new IcsValue(table, address, value, IsFirst: true);
        }

        point.Seen++;
        if (value == point.Last)
        {
            return new IcsValue(table, address, value);
        }

        byte burst = isWrite ? point.Changed(time) : (byte)0;
        if (jump && point.Jumps(value))
        {
            (oddities ??= []).Add(new IcsOddity(IcsOddityKind.Jump, table, address, string.Create(
                CultureInfo.InvariantCulture, $"from {point.Last} to {value}, after {point.Seen} values from {point.Least} to {point.Most}")));
        }

        point.Step(value);
        return new IcsValue(table, address, value, HasChanged: true, Burst: burst);
    }

    private readonly record struct Place(long Station, int Table, long Address);

    private sealed class Point(long value)
    {
        private long[]? _times;
        private int _at;
        private ulong _largestStep;
        private int _ups;
        private int _downs;

        public long Last { get; private set; } = value;

        public long Least { get; private set; } = value;

        public long Most { get; private set; } = value;

        public long Seen { get; set; } = 1;

        /// <summary>Notes the time of a change; tells how many of the last ones lie in the window.</summary>
        public byte Changed(Timestamp time)
        {
            _times ??= Enumerable.Repeat(long.MinValue, IcsLimits.BurstChanges).ToArray();
            _times[_at] = time.Nanoseconds;
            _at = (_at + 1) % _times.Length;
            byte inside = 0;
            foreach (long other in _times)
            {
                if (other != long.MinValue && unchecked((ulong)(time.Nanoseconds - other)) <= IcsLimits.BurstWindow)
                {
                    inside++;
                }
            }

            return inside;
        }

        public bool Jumps(long value)
        {
            ulong step = Distance(value, Last);
            ulong range = Distance(Most, Least);
            ulong beyond = value > Most ? Distance(value, Most) : value < Least ? Distance(Least, value) : 0;
            return Seen > IcsLimits.JumpSamples && _ups >= IcsLimits.JumpTurns && _downs >= IcsLimits.JumpTurns
                && step / IcsLimits.JumpSteps > _largestStep && beyond / IcsLimits.JumpRanges > range;
        }

        public void Step(long value)
        {
            _largestStep = Math.Max(_largestStep, Distance(value, Last));
            if (value > Last)
            {
                _ups = Math.Min(_ups + 1, int.MaxValue - 1);
            }
            else
            {
                _downs = Math.Min(_downs + 1, int.MaxValue - 1);
            }

            Last = value;
            Least = Math.Min(Least, value);
            Most = Math.Max(Most, value);
        }

        private static ulong Distance(long one, long other) => unchecked((ulong)(Math.Max(one, other) - Math.Min(one, other)));
    }
}
