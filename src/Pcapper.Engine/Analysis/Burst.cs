using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Finds when most happened.</summary>
public static class Burst
{
    /// <summary>Gets the most events in any stretch of time.</summary>
    /// <param name="times">When the events were, earliest first.</param>
    /// <param name="window">The length of the stretch in nanoseconds; events as far apart as that still count together.</param>
    public static int Largest(IReadOnlyList<Timestamp> times, long window)
    {
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] > window)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
