using System.Globalization;

namespace Pcapper.Packets;

/// <summary>A point in time: nanoseconds since 1970-01-01T00:00:00Z, as captures store it.</summary>
/// <param name="Nanoseconds">Nanoseconds since the Unix epoch; may be negative.</param>
public readonly record struct Timestamp(long Nanoseconds) : IComparable<Timestamp>
{
    /// <summary>Nanoseconds in one second.</summary>
    public const long PerSecond = 1_000_000_000;

    /// <summary>Gets the nanoseconds from another time to this one.</summary>
    public static long operator -(Timestamp later, Timestamp earlier) => unchecked(later.Nanoseconds - earlier.Nanoseconds);

    /// <summary>Makes a time from whole seconds and nanoseconds since the epoch.</summary>
    public static Timestamp FromSeconds(long seconds, long nanoseconds = 0) => new(unchecked((seconds * PerSecond) + nanoseconds));

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Writes RFC 3339 in UTC with nine decimals: <c>2026-02-04T08:59:58.113204000Z</c>.</summary>
    public override string ToString()
    {
        (long seconds, long nanoseconds) = Math.DivRem(Nanoseconds, PerSecond);
        if (nanoseconds < 0)
        {
            seconds--;
            nanoseconds += PerSecond;
        }

        DateTime time = DateTime.UnixEpoch.AddSeconds(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss}.{nanoseconds:D9}Z");
    }
}
